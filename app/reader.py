"""The reader: one request's way to the data. Routes build a select; the reader turns rows into what the public sees."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response
from sqlmodel import func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.database import SessionDep
from app.errors import not_found
from app.known import Known
from app.models.record import Record
from app.pagination import Page, PageQuery, announce, neighbours

R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Page[Any])


class Reader:
    """Session, request and response of one request, and what is known of the data."""

    def __init__(self, request: Request, response: Response, session: SessionDep) -> None:
        self.request, self.response, self.session = request, response, session
        self.known: Known = request.app.state.known
        self.root: str = request.scope.get("root_path", "").rstrip("/")

    @property
    def data_version(self) -> str:
        version: str = self.request.app.state.database.edition.data_version
        return version

    def notice(self, slug: str | None) -> str:
        return slug or self.known.default

    def select(self, row: Any, query: Any, columns: Mapping[str, Any] | None = None) -> SelectOfScalar[Any]:
        """Rows of one notice in its order, narrowed by each parameter of `query` that names one of `columns`."""
        statement = select(row).where(row.notice == self.notice(query.notice)).order_by(row.position)
        for name, column in (columns or {}).items():
            if (value := getattr(query, name)) is not None:
                statement = statement.where(column == value)
        return statement

    def rows(self, record: type[R], statement: SelectOfScalar[Any]) -> list[R]:
        return [record.of(row, self.root) for row in self.session.exec(statement)]

    def page(self, page: type[P], record: type[Record], statement: SelectOfScalar[Any], query: PageQuery) -> P:
        """One page of the statement's rows, announced in the headers. Two statements, however long the list."""
        total = self.session.exec(select(func.count()).select_from(statement.order_by(None).subquery())).one()
        items = self.rows(record, statement.limit(query.limit).offset(query.offset))
        links = neighbours(self.request, query, total)
        announce(self.response, total, links)
        return page(items=items, total=total, limit=query.limit, offset=query.offset, **links)

    def find(self, statement: SelectOfScalar[Any], column: Any, given: str, what: str) -> Any:
        """The row whose `column` is `given`, in its canonical form; else a 404 that says what there is."""
        keys = {str(key): key for (key,) in self.session.connection().execute(statement.with_only_columns(column))}
        if given not in keys:
            raise not_found(column.key, given, what, list(keys))
        return self.session.exec(statement.where(column == keys[given])).one()

    def record(self, record: type[R], statement: SelectOfScalar[Any], column: Any, given: str) -> R:
        return record.of(self.find(statement, column, given, record.__name__.lower()), self.root)


ReaderDep = Annotated[Reader, Depends(Reader)]

"""The reader: one request's way to the data. Routes build a select; the reader turns rows into what the public sees."""

from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response
from sqlmodel import func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.database import SessionDep
from app.errors import not_found
from app.known import ALL, Known
from app.models.notice import NoticeRow
from app.models.record import Record
from app.pagination import Page, Paging, announce, neighbours

# Parameters that are named otherwise than the vocabulary of their codes.
VOCABULARIES = {"kind": "measure_kind"}

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

    def label(self, name: str, value: Any, notice: str | None) -> tuple[str | None, str | None]:
        """The Chinese and English label of what a parameter takes: a code's, or a title in the notice asked for."""
        codes = self.known.labels.get(VOCABULARIES.get(name, name), {})
        titles = self.known.titles.get((name, self.notice(notice)), {})
        return codes.get(value) or titles.get(value) or (None, None)

    def select(self, row: Any, notice: str | None, *first: Any) -> SelectOfScalar[Any]:
        """The rows of a notice, or of all, in the notice's own order, unless other clauses come first."""
        if notice == ALL:
            order = select(NoticeRow.position).where(NoticeRow.slug == row.notice).scalar_subquery()
            return select(row).order_by(*first, order, row.position)
        return select(row).where(row.notice == self.notice(notice)).order_by(*first, row.position)

    def rows(self, record: type[R], statement: SelectOfScalar[Any]) -> list[R]:
        return [record.of(row, self.root) for row in self.session.exec(statement)]

    def page(self, page: type[P], record: type[Record], statement: SelectOfScalar[Any], query: Paging) -> P:
        """One page of the statement's rows. Two statements, however long the list."""
        items = self.rows(record, statement.limit(query.limit).offset(query.offset))
        return self.enveloped(page, items, self.count(statement), query)

    def count(self, statement: SelectOfScalar[Any]) -> int:
        return self.session.exec(select(func.count()).select_from(statement.order_by(None).subquery())).one()

    def enveloped(self, page: type[P], items: list[Any], total: int, query: Paging) -> P:
        """Items in the one envelope, announced in the headers."""
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

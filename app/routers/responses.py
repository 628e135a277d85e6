"""What routes take and how they answer: the records of the service, as a page of a list, as one record, as counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import WithJsonSchema

from app.database.record_json import record_json
from app.database.repository import Repository
from app.database.select import ALL, Column, Model, Select, table_of
from app.http.errors import not_found
from app.http.mount import address, expand_urls, root_path, route_path
from app.http.route import JSONText
from app.models.decimal import format_json, parse_json
from app.queries.facets import count_facets
from app.queries.filters import Filters
from app.queries.notices import NamedNoticeQuery
from app.queries.query import ListQuery, Paging, RecordQuery, flatten, only_fields, with_arrays, with_fields

T = TypeVar("T")
# The key of a record by its number. Any text is let in as a key: what is none gets a 404 that says what there is.
NUMBER = WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 999_999})


async def run(notice: str, function: Callable[..., T], *arguments: Any) -> T:
    """Return what a function answers about one notice; about all notices, in a thread.

    One notice is small and the database a local file: asking it takes less time than handing it on to a thread.
    """
    return await run_in_threadpool(function, *arguments) if notice == ALL else function(*arguments)


def public_url(request: Request) -> str:
    """Return what absolute addresses begin with; the mount's path where the public address is not known."""
    url: str | None = request.app.state.public_url
    return root_path(request.scope) if url is None else url.rstrip("/")


@dataclass(frozen=True)
class Records:
    """The records of the service, and how one request is answered with them."""

    request: Request
    repository: Repository

    @property
    def root(self) -> str:
        """The path at which the service is mounted."""
        return root_path(self.request.scope)

    @property
    def base(self) -> str:
        """What absolute addresses begin with, as `public_url` has it."""
        return public_url(self.request)

    async def read_page(self, model: Model, select: Select, query: Paging) -> Response:
        """Return a page of the records of a select. It takes two statements, however long the list."""
        fields = getattr(query, "fields", ())

        def read() -> Response:
            database = self.repository.database
            rows, total = database.fetch_page(select, record_json(model), limit=query.limit, offset=query.offset)
            items = [only_fields(text, flatten(fields)) if fields else text for (text,) in rows]
            return self.page(items, total, query)

        return await run(getattr(query, "notice", ""), read)

    def page(self, items: Sequence[str], total: int, query: Paging) -> Response:
        """Return a page of items, given as JSON texts, with its total and its links in the headers too (RFC 8288)."""
        after, before = query.offset + query.limit, max(0, query.offset - query.limit)
        following = self._link(after) if after < total else None
        previous = self._link(before) if query.offset > 0 else None
        place = {"total": total, "limit": query.limit, "offset": query.offset, "next": following, "previous": previous}
        links = [f'<{url}>; rel="{rel}"' for rel, url in (("next", following), ("prev", previous)) if url]
        headers = {"X-Total-Count": str(total), **({"Link": ", ".join(links)} if links else {})}
        text = expand_urls(",".join(items), root_path(self.request.scope))
        return JSONText(f'{{"items":[{text}],{format_json(place)[1:]}', headers=headers)

    def _link(self, offset: int) -> str:
        scope, query = self.request.scope, self.request.query_params.multi_items()
        parameters: list[tuple[str, Any]] = [(name, value) for name, value in query if name != "offset"]
        return address(scope, route_path(scope), [*parameters, ("offset", offset)])

    def record(self, model: Model, key: str, query: RecordQuery | NamedNoticeQuery, **arrays: list[str]) -> Response:
        """Return the record with a key, cited, with further arrays of records; a 404 says which records there are."""
        text = expand_urls(self._find(model, getattr(query, "notice", ALL), key), self.root)
        citations = self.repository.cite(model, parse_json(text), self.base)
        inner = {name: [expand_urls(item, self.root) for item in items] for name, items in arrays.items()}
        return JSONText(only_fields(with_arrays(with_fields(text, citations), inner), flatten(query.fields)))

    def _find(self, model: Model, notice: str, key: str) -> str:
        """Return the JSON of the record with a key; `ProblemException` with the keys that there are if none has it."""
        select, column = Select.records(model, notice), table_of(model.row).c[model.key]
        row = self.repository.find(select, column, key, record_json(model))
        if row is None:
            kind = model.__name__.removesuffix("Detail").lower()
            raise not_found(str(column.key), key, kind, self.repository.keys(select, column))
        return str(row[0])

    async def facets(
        self, model: Model, query: ListQuery, filters: Filters, columns: Mapping[str, Column | str]
    ) -> Response:
        """Return how many records each value of a parameter would leave."""
        return await run(query.notice, count_facets, self.request, self.repository, model, query, filters, columns)


def get_records(request: Request) -> Records:
    """Return the records of the service, for the response to this request."""
    return Records(request, request.app.state.repository)


RecordsDep = Annotated[Records, Depends(get_records)]

"""What routes take and how they answer: the repository; a page of a list, one record, counts."""

from collections.abc import Callable, Mapping, Sequence
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


def get_repository(request: Request) -> Repository:
    """Return the records of the service."""
    repository: Repository = request.app.state.repository
    return repository


RepositoryDep = Annotated[Repository, Depends(get_repository)]

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


async def list_response(
    request: Request, repository: Repository, model: Model, select: Select, query: Paging
) -> Response:
    """Return a page of the records of a select. It takes two statements, however long the list."""
    fields = getattr(query, "fields", ())

    def read() -> Response:
        rows, total = repository.database.fetch_page(select, record_json(model), limit=query.limit, offset=query.offset)
        items = [only_fields(text, flatten(fields)) if fields else text for (text,) in rows]
        return page_response(request, items, total, query)

    return await run(getattr(query, "notice", ""), read)


def page_response(request: Request, items: Sequence[str], total: int, query: Paging) -> Response:
    """Return a page of items, given as JSON texts, with its total and its links in the headers too."""
    after, before = query.offset + query.limit, max(0, query.offset - query.limit)
    links = {
        "next": _link(request, after) if after < total else None,
        "previous": _link(request, before) if query.offset > 0 else None,
    }
    rest = format_json({"total": total, "limit": query.limit, "offset": query.offset, **links})
    text = expand_urls(",".join(items), root_path(request.scope))
    return JSONText(f'{{"items":[{text}],{rest[1:]}', headers=_headers(total, links))


def _headers(total: int, links: dict[str, str | None]) -> dict[str, str]:
    """The total and the links (RFC 8288), for clients that read those."""
    relations = {"next": "next", "previous": "prev"}
    found = ", ".join(f'<{url}>; rel="{relations[name]}"' for name, url in links.items() if url)
    return {"X-Total-Count": str(total), **({"Link": found} if found else {})}


def _link(request: Request, offset: int) -> str:
    parameters: list[tuple[str, Any]] = [
        (name, value) for name, value in request.query_params.multi_items() if name != "offset"
    ]
    return address(request.scope, route_path(request.scope), [*parameters, ("offset", offset)])


def record_response(
    request: Request,
    repository: Repository,
    model: Model,
    key: str,
    query: RecordQuery | NamedNoticeQuery,
    **arrays: list[str],
) -> Response:
    """Return the record with a key, cited, with further arrays of records; a 404 says which records there are."""
    text = expand_urls(find_record(repository, model, getattr(query, "notice", ALL), key), root_path(request.scope))
    citations = repository.cite(model, parse_json(text), public_url(request))
    inner = {name: [expand_urls(item, root_path(request.scope)) for item in items] for name, items in arrays.items()}
    return JSONText(only_fields(with_arrays(with_fields(text, citations), inner), flatten(query.fields)))


def find_record(repository: Repository, model: Model, notice: str, key: str) -> str:
    """Return the JSON of the record with a key; `ProblemException` with the keys that there are if there is none."""
    table = table_of(model.row)
    select, column = Select.records(model, notice), table.c[model.key]
    row = repository.find(select, column, key, record_json(model))
    if row is None:
        kind = model.__name__.removesuffix("Detail").lower()
        raise not_found(str(column.key), key, kind, repository.keys(select, column))
    return str(row[0])


async def facets_response(
    request: Request,
    repository: Repository,
    model: Model,
    query: ListQuery,
    filters: Filters,
    columns: Mapping[str, Column | str],
) -> Response:
    """Return how many records each value of a parameter would leave."""
    return await run(query.notice, count_facets, request, repository, model, query, filters, columns)

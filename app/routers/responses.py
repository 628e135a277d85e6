"""How a route answers with records: as a page of a list, as one record, as counts."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from app.database.catalog import ALL
from app.database.clauses import Column
from app.database.record_json import record_json
from app.database.repository import Model, Repository
from app.database.select import Select, table_of
from app.http.errors import not_found
from app.http.links import expand_urls, root_path
from app.http.responses import json_response, with_arrays, with_fields
from app.models.decimal import parse_json
from app.queries.facets import count_facets
from app.queries.fields import RecordQuery, flatten, only_fields
from app.queries.filters import Filters
from app.queries.notices import NamedNoticeQuery
from app.queries.pagination import ListQuery, Paging, page_response

T = TypeVar("T")


async def run(notice: str | None, function: Callable[..., T], *arguments: Any) -> T:
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
        items = repository.page(model, select, query.limit, query.offset)
        chosen = [only_fields(item, flatten(fields)) for item in items] if fields else items
        return page_response(request, chosen, repository.database.count(select), query)

    return await run(getattr(query, "notice", None), read)


def record_response(
    request: Request,
    repository: Repository,
    model: Model,
    key: str,
    query: RecordQuery | NamedNoticeQuery,
    **arrays: list[str],
) -> Response:
    """Return the record with a key, cited, with further arrays of records; a 404 says which records there are."""
    text = expand_urls(find_record(repository, model, getattr(query, "notice", None), key), root_path(request.scope))
    citations = repository.cite(model, parse_json(text), public_url(request))
    inner = {name: [expand_urls(item, root_path(request.scope)) for item in items] for name, items in arrays.items()}
    return json_response(only_fields(with_arrays(with_fields(text, citations), inner), flatten(query.fields)))


def find_record(repository: Repository, model: Model, notice: str | None, key: str) -> str:
    """Return the JSON of the record with a key; `ProblemException` with the keys that there are if there is none."""
    table = table_of(model.row)
    select, column = repository.select(model, notice), table.c[model.key]
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

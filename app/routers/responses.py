"""How a route answers with records: as a page of a list, as one record, as counts."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from app.database.catalog import ALL
from app.database.clauses import Column
from app.database.repository import Model, Repository
from app.database.select import Select, table_of
from app.http.errors import not_found
from app.http.links import expand_urls, root_path
from app.http.responses import json_response
from app.queries.facets import Facets, count_facets
from app.queries.filters import Clauses
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


def urls(request: Request, text: str) -> str:
    """Return stored JSON with the addresses at which the service is reached."""
    return expand_urls(text, root_path(request.scope), public_url(request))


async def list_response(
    request: Request, repository: Repository, model: Model, select: Select, query: Paging
) -> Response:
    """Return a page of the records of a select. It takes two statements, however long the list."""

    def read() -> Response:
        items = repository.page(model, select, query.limit, query.offset)
        total = repository.database.count(select)
        return page_response(request, [urls(request, item) for item in items], total, query)

    return await run(getattr(query, "notice", None), read)


def record_response(request: Request, repository: Repository, model: Model, notice: str | None, key: str) -> Response:
    """Return the record with a key among those of a notice; a 404 says which there are."""
    table = table_of(model.row)
    select, column = repository.select(model, notice), table.c[model.key]
    (text,) = find(repository, select, column, key, model.__name__.lower(), table.c[model.json_column])
    return json_response(urls(request, text))


def find(
    repository: Repository, select: Select, column: Column, key: str, what: str, *columns: Column
) -> tuple[Any, ...]:
    """Return columns of the row with a key; `ProblemException` with the keys that there are if there is none."""
    row = repository.find(select, column, key, *columns)
    if row is None:
        raise not_found(str(column.key), key, what, repository.keys(select, column))
    return row


async def facets_response(
    request: Request,
    repository: Repository,
    model: Model,
    query: ListQuery,
    clauses: Clauses,
    columns: Mapping[str, Column | str],
) -> Facets:
    """Return how many records each value of a parameter would leave."""
    select = repository.select(model, query.notice)
    return await run(query.notice, count_facets, request, repository, select, query, clauses, columns)

"""`/search`: words anywhere in the notice."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.exports.table import Record
from app.http.route import Route
from app.models.decimal import parse_json
from app.models.search_hit import Hit
from app.queries.hits import SearchQuery, find_hits, read_hits
from app.queries.query import flatten, only_fields, page_of
from app.routers.exports import add_exports
from app.routers.responses import Records, RecordsDep, run

router = APIRouter(tags=["search"], route_class=Route)


@router.get("/search", summary="Find words", response_model=page_of(Hit))
async def search(query: Annotated[SearchQuery, Query()], records: RecordsDep) -> Response:
    """Every passage of the notice in which the words stand: Chinese, Latin or digits, from one character on.

    Words are found as they stand (消防 in 消防安全), whatever their width or case; all must stand within one record:
    a section's own paragraphs; an issue's title and text; a measure's text; a metric's sentence and label. Records on
    one passage are one hit. Hits in a title or label come first; else they stand in the notice's order. `marks` are
    places in `/source.txt`.
    """
    return await run(query.notice, _search, records, query)


def _search(records: Records, query: SearchQuery) -> Response:
    numbers, total = find_hits(query, records.repository)
    hits = read_hits(query, records.repository, numbers, records.root)
    items = [only_fields(hit.model_dump_json(), flatten(query.fields)) for hit in hits]
    return records.page(items, total, query)


def _read(query: SearchQuery, records: Records) -> tuple[Iterator[Record], int]:
    numbers, total = find_hits(query, records.repository)
    hits = read_hits(query, records.repository, numbers, records.root)
    return (parse_json(hit.model_dump_json()) for hit in hits), total


add_exports(router, "/search", Hit, SearchQuery, _read)

"""Pages: which part of a collection is asked for, and the one envelope in which it is answered."""

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel, Field

from app.database.catalog import ALL
from app.http.links import address, expand_urls, root_path, route_path
from app.http.parameters import Integer, NoticeSlug, Query
from app.http.responses import json_response
from app.models.decimal import format_json

MOST_ITEMS = 200
FURTHEST_OFFSET = 999_999

T = TypeVar("T")


class NoticeQuery(Query):
    """What every operation on the data takes."""

    notice: Annotated[str, NoticeSlug()] | None = Field(
        None, description="Slug of the notice; the default notice if absent."
    )


class ListQuery(Query):
    """What every list, and whatever counts it, takes."""

    notice: Annotated[str, NoticeSlug((ALL,))] | None = Field(
        None, description="Slug of the notice, or `all`; the default notice if absent."
    )


class Paging(Query):
    """Which part of a collection is asked for."""

    limit: Annotated[int, Integer(1, MOST_ITEMS)] = Field(50, description="How many items at most.")
    offset: Annotated[int, Integer(0, FURTHEST_OFFSET)] = Field(
        0, description="How many items to skip. Past the end the page is empty."
    )


class PageQuery(ListQuery, Paging):
    """What every collection takes."""


class Page(BaseModel, Generic[T]):
    """Some items of a collection, in the notice's own order."""

    items: list[T]
    total: int = Field(description="How many there are over all pages; also in `X-Total-Count`.")
    limit: int
    offset: int
    next: str | None = Field(description="Address of the next page; null at the end. Also in `Link`.")
    previous: str | None = Field(description="Address of the page before; null at the start.")


def page_response(request: Request, items: Sequence[str], total: int, query: Paging) -> Response:
    """Return a page of items, given as JSON texts, with its total and its links in the headers too."""
    after, before = query.offset + query.limit, max(0, query.offset - query.limit)
    links = {
        "next": _link(request, after) if after < total else None,
        "previous": _link(request, before) if query.offset > 0 else None,
    }
    rest = format_json({"total": total, "limit": query.limit, "offset": query.offset, **links})
    text = expand_urls(",".join(items), root_path(request.scope))
    return json_response(f'{{"items":[{text}],{rest[1:]}', _headers(total, links))


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

"""Pages: one envelope for every collection, with links that keep the filters."""

from typing import Annotated, Generic, Literal, TypeVar

from fastapi import Request
from pydantic import BaseModel, Field

from app.http.links import address
from app.http.representations import LARGEST_FILE, LARGEST_PAGE

FURTHEST_OFFSET = 999_999

T = TypeVar("T")


class NoticeQuery(BaseModel):
    """What every operation on the data takes."""

    notice: Annotated[str, Field(json_schema_extra={"x-among": "notices"})] | None = Field(
        None, description="Slug of the notice; the default notice if absent."
    )


class ListQuery(BaseModel):
    """What every list, and whatever counts it, takes."""

    notice: Annotated[str, Field(json_schema_extra={"x-among": "notices and all"})] | None = Field(
        None, description="Slug of the notice, or `all`; the default notice if absent."
    )


class Paging(BaseModel):
    """Which part of a collection is asked for, and in which form."""

    limit: int = Field(
        50,
        ge=1,
        le=LARGEST_FILE,
        description=f"How many items at most: in JSON up to {LARGEST_PAGE}; files take more, and all without it.",
    )
    offset: int = Field(
        0, ge=0, le=FURTHEST_OFFSET, description="How many items to skip. Past the end the page is empty."
    )
    format: Literal["json", "csv", "xlsx", "ndjson"] | None = Field(
        None, description="The form of the answer; outweighs `Accept`. JSON where neither asks for another."
    )
    excel: bool | None = Field(
        None, description="CSV alone: with a BOM, and `'` before text that looks like a formula, to be opened in Excel."
    )
    lang: Literal["zh", "en"] | None = Field(
        None, description="XLSX alone: the language of its headings, Chinese if absent."
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


def neighbours(request: Request, query: Paging, total: int) -> dict[str, str | None]:
    """The addresses of the next and the previous page, path-absolute."""
    after, before = query.offset + query.limit, max(0, query.offset - query.limit)
    return {
        "next": _at(request, after) if after < total else None,
        "previous": _at(request, before) if query.offset > 0 else None,
    }


def announced(total: int, links: dict[str, str | None]) -> dict[str, str]:
    """The total and the links as headers, for clients that read those."""
    names = {"next": "next", "previous": "prev"}
    found = ", ".join(f'<{url}>; rel="{names[name]}"' for name, url in links.items() if url)
    return {"X-Total-Count": str(total), **({"Link": found} if found else {})}


def _at(request: Request, offset: int) -> str:
    parameters = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    return address(request.scope, request.scope["path"], [*parameters, ("offset", offset)])

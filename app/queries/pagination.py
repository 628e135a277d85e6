"""Pages: which notice and which part of a collection is asked for, and the one envelope in which it is answered."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from app.database.select import ALL
from app.http.parameters import Integer, NoticeSlug, Query

MOST_ITEMS = 200
FURTHEST_OFFSET = 999_999

T = TypeVar("T")


class NoticeQuery(Query):
    """What every operation on the data takes."""

    notice: Annotated[str, NoticeSlug()] = Field(
        None, validate_default=True, description="Slug of the notice; the default notice if absent."
    )


class ListQuery(Query):
    """What every list, and whatever counts it, takes."""

    notice: Annotated[str, NoticeSlug((ALL,))] = Field(
        None, validate_default=True, description="Slug of the notice, or `all`; the default notice if absent."
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

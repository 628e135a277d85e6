"""`/categories`: the headings that hold issues."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.route import Route
from app.models.category import Category, CategoryDetail
from app.queries.categories import CategoryQuery, CategoryRecordQuery, select_categories
from app.queries.query import Page
from app.routers.exports import add_exports, records_of
from app.routers.responses import NUMBER, RecordsDep

router = APIRouter(prefix="/categories", tags=["categories"], route_class=Route)
CategoryNumber = Annotated[str, Path(description="The category's number."), NUMBER]


class CategoryPage(Page[Category]):
    """Some categories."""


@router.get("", summary="List categories", response_model=CategoryPage)
async def list_categories(query: Annotated[CategoryQuery, Query()], records: RecordsDep) -> Response:
    """The headings under which the notice groups its issues, with how much is transcribed under each.

    The counts are of this transcription; the notice prints none by category. `framework` is the kind of heading,
    the same for every notice.
    """
    return await records.read_page(Category, select_categories(query, records.repository), query)


@router.get("/{number}", summary="Get a category", response_model=CategoryDetail)
async def get_category(
    number: CategoryNumber, query: Annotated[CategoryRecordQuery, Query()], records: RecordsDep
) -> Response:
    """One category by its number. Its issues are at `/issues?category={number}`."""
    return records.record(CategoryDetail, number, query)


add_exports(router, "", CategoryDetail, CategoryQuery, records_of(CategoryDetail, select_categories))

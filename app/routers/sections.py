"""`/sections`: the notice's outline."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.route import Route
from app.models.section import Section, SectionDetail
from app.queries.query import page_of
from app.queries.sections import SectionQuery, SectionRecordQuery, select_sections
from app.routers.exports import add_exports, records_of
from app.routers.responses import RecordsDep

router = APIRouter(prefix="/sections", tags=["sections"], route_class=Route)
SectionId = Annotated[str, Path(description="The section's id.")]


@router.get("", summary="List sections", response_model=page_of(Section))
async def list_sections(query: Annotated[SectionQuery, Query()], records: RecordsDep) -> Response:
    """The notice's whole outline in its own order: parts, headings, points, unnumbered paragraphs.

    `parent_id` and `depth` make it a tree. Together the sections hold every character of the notice, so
    `text` in this order is the notice.
    """
    return await records.read_page(Section, select_sections(query, records.repository), query)


@router.get("/{id}", summary="Get a section", response_model=SectionDetail)
async def get_section(id: SectionId, query: Annotated[SectionRecordQuery, Query()], records: RecordsDep) -> Response:
    """One node of the outline, by its id: `s2-3-27` is part 二, (三), point 27."""
    return records.record(SectionDetail, id, query)


add_exports(router, "", SectionDetail, SectionQuery, records_of(SectionDetail, select_sections))

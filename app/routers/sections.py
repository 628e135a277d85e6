"""`/sections`: the notice's outline."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from app.http.route import Route
from app.models.section import Section
from app.models.vocabulary import Coded
from app.queries.filters import Conditions, Scope, Sections, Words, among, met, worded
from app.queries.pagination import NoticeQuery, Page, PageQuery
from app.queries.reader import ReaderDep
from app.routers.dependencies import SectionId

router = APIRouter(prefix="/sections", tags=["sections"], route_class=Route)


class SectionQuery(PageQuery):
    q: Words | None = Field(None, description="Only sections whose own paragraphs hold every word.")
    role: list[Annotated[str, Coded("section_role")]] = Field([], description="Only sections of these roles.")
    parent: Sections = Field([], description="Only sections right under these.")


def conditions(query: SectionQuery, scope: Scope) -> Conditions:
    """What each parameter asks of a section."""
    return {
        "q": worded("section", query.q, scope),
        "role": among("role", query.role),
        "parent": among("parent_id", query.parent),
    }


class SectionPage(Page[Section]):
    """Some sections."""


@router.get("", summary="List sections", response_model=SectionPage)
async def list_sections(query: Annotated[SectionQuery, Query()], reader: ReaderDep) -> Response:
    """The notice's whole outline in its own order: parts, headings, points, unnumbered paragraphs.

    `parent_id` and `depth` make it a tree. Together the sections hold every character of the notice, so
    `text` in this order is the notice.
    """
    asked = conditions(query, reader.scope(query.notice))
    chosen = reader.select(Section.table, query.notice)
    return await reader.page(Section, chosen.where(*met(asked)), query)


@router.get("/{id}", summary="Get a section", response_model=Section)
async def get_section(id: SectionId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Response:
    """One node of the outline, by its id: `s2-3-27` is part 二, (三), point 27."""
    return reader.record(Section, query.notice, id)

"""`/numerals`: every printed number accounted for."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from app.http.route import Route
from app.models.numeral import Numeral
from app.models.vocabulary import Coded
from app.queries.filters import Conditions, Sections, among, met
from app.queries.pagination import NoticeQuery, Page, PageQuery
from app.queries.reader import ReaderDep
from app.routers.dependencies import NumeralId

router = APIRouter(prefix="/numerals", tags=["proof"], route_class=Route)


class NumeralQuery(PageQuery):
    class_: list[Annotated[str, Coded("numeral_class")]] = Field(
        [], alias="class", description="Only numerals of these classes."
    )
    section: Sections = Field([], description="Only numerals printed in these sections.")


def conditions(query: NumeralQuery) -> Conditions:
    """What each parameter asks of a numeral."""
    return {
        "class": among("class", query.class_),
        "section": among("section_id", query.section),
    }


class NumeralPage(Page[Numeral]):
    """Some numerals."""


@router.get("", summary="List numerals", response_model=NumeralPage)
async def list_numerals(query: Annotated[NumeralQuery, Query()], reader: ReaderDep) -> Response:
    """数字清点: every number that the notice prints, Arabic, Chinese or Roman, and what it is there for.

    Those of the class `metric` name the metric in whose figure they stand. That every number has a class is the proof
    that no figure was lost.
    """
    chosen = reader.select(Numeral.table, query.notice).where(*met(conditions(query)))
    return await reader.page(Numeral, chosen, query)


@router.get("/{id}", summary="Get a numeral", response_model=Numeral)
async def get_numeral(id: NumeralId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Response:
    """One printed number by its id."""
    return reader.record(Numeral, query.notice, id)

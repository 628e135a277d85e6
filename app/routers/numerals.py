"""`/numerals`: every printed number accounted for."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from sqlmodel import col

from app.filters import Conditions, Sections, among, met
from app.models.numeral import Numeral, NumeralRow
from app.models.vocabulary import Coded
from app.pagination import NoticeQuery, Page, PageQuery
from app.reader import ReaderDep
from app.routers.keys import NumeralId

router = APIRouter(prefix="/numerals", tags=["proof"])


class NumeralQuery(PageQuery):
    class_: list[Annotated[str, Coded("numeral_class")]] = Field(
        [], alias="class", description="Only numerals of these classes."
    )
    section: Sections = Field([], description="Only numerals printed in these sections.")


def conditions(query: NumeralQuery) -> Conditions:
    """What each parameter asks of a numeral."""
    return {
        "class": among(col(NumeralRow.class_), query.class_),
        "section": among(col(NumeralRow.section_id), query.section),
    }


class NumeralPage(Page[Numeral]):
    """Some numerals."""


@router.get("", summary="List numerals")
def list_numerals(query: Annotated[NumeralQuery, Query()], reader: ReaderDep) -> NumeralPage:
    """数字清点: every number that the notice prints, Arabic, Chinese or Roman, and what it is there for.

    Those of the class `metric` name the metric in whose figure they stand. That every number has a class is the proof
    that no figure was lost.
    """
    return reader.page(
        NumeralPage, Numeral, reader.select(NumeralRow, query.notice).where(*met(conditions(query))), query
    )


@router.get("/{id}", summary="Get a numeral")
def get_numeral(id: NumeralId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Numeral:
    """One printed number by its id."""
    return reader.record(Numeral, reader.select(NumeralRow, query.notice), col(NumeralRow.id), id)

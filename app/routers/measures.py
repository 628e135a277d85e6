"""`/measures`: the acts that the notice reports."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import col

from app.facets import Facets, count_facets
from app.filters import met, order
from app.models.statement import MEASURE, Measure, StatementRow
from app.pagination import NoticeQuery, Page
from app.queries.measures import COLUMNS, SORTS, MeasureFilters, MeasureQuery, conditions
from app.reader import ReaderDep
from app.routers.keys import MeasureId

router = APIRouter(prefix="/measures", tags=["measures"])


class MeasurePage(Page[Measure]):
    """Some measures."""


@router.get("", summary="List measures")
def list_measures(query: Annotated[MeasureQuery, Query()], reader: ReaderDep) -> MeasurePage:
    """Every act that the notice reports, one clause each, with who acted where the sentence says so.

    These are clauses of the text. They are another unit than the rectification measures of which the notice declares a
    total without listing them: see `/reconciliation`. No measure has a status.
    """
    chosen = reader.select(StatementRow, query.notice, *order(query.sort, SORTS))
    return reader.page(MeasurePage, Measure, chosen.where(*met(conditions(query))), query)


@router.get("/facets", summary="Count measures by value")
def count_measures(query: Annotated[MeasureFilters, Query()], reader: ReaderDep) -> Facets:
    """How many measures each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return count_facets(reader, StatementRow, query, conditions(query), COLUMNS)


@router.get("/{id}", summary="Get a measure")
def get_measure(id: MeasureId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Measure:
    """One measure by its id; `m14-3` belongs to issue 14."""
    measures = reader.select(StatementRow, query.notice).where(StatementRow.role == MEASURE)
    return reader.record(Measure, measures, col(StatementRow.id), id)

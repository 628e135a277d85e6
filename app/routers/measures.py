"""`/measures`: the acts that the notice reports."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.http.route import Route
from app.models.statement import Measure
from app.queries.facets import Facets, count_facets
from app.queries.filters import met, order
from app.queries.measures import COLUMNS, SORTS, MeasureFilters, MeasureQuery, conditions
from app.queries.pagination import NoticeQuery, Page
from app.queries.reader import ReaderDep
from app.routers.dependencies import MeasureId

router = APIRouter(prefix="/measures", tags=["measures"], route_class=Route)


class MeasurePage(Page[Measure]):
    """Some measures."""


@router.get("", summary="List measures", response_model=MeasurePage)
async def list_measures(query: Annotated[MeasureQuery, Query()], reader: ReaderDep) -> Response:
    """Every act that the notice reports, one clause each, with who acted where the sentence says so.

    These are clauses of the text. They are another unit than the rectification measures of which the notice declares a
    total without listing them: see `/reconciliation`. No measure has a status.
    """
    chosen = reader.select(Measure.table, query.notice, *order(query.sort, SORTS)).where(
        *met(conditions(query, reader.scope(query.notice)))
    )
    return await reader.page(Measure, chosen, query)


@router.get("/facets", summary="Count measures by value")
async def count_measures(query: Annotated[MeasureFilters, Query()], reader: ReaderDep) -> Facets:
    """How many measures each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return await reader.run(
        query.notice, count_facets, reader, Measure.table, query, conditions(query, reader.scope(query.notice)), COLUMNS
    )


@router.get("/{id}", summary="Get a measure", response_model=Measure)
async def get_measure(id: MeasureId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Response:
    """One measure by its id; `m14-3` belongs to issue 14."""
    return reader.record(Measure, query.notice, id)

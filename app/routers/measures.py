"""`/measures`: the acts that the notice reports."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.route import Route
from app.models.statement import Measure, MeasureDetail
from app.queries.measures import (
    FACETS,
    FILTERS,
    MeasureFacets,
    MeasureFilters,
    MeasureQuery,
    MeasureRecordQuery,
    select_measures,
)
from app.queries.query import page_of
from app.routers.exports import add_exports, records_of
from app.routers.responses import RecordsDep

router = APIRouter(prefix="/measures", tags=["measures"], route_class=Route)
MeasureId = Annotated[str, Path(description="The measure's id.")]


@router.get("", summary="List measures", response_model=page_of(Measure))
async def list_measures(query: Annotated[MeasureQuery, Query()], records: RecordsDep) -> Response:
    """Every act that the notice reports, one clause each, with who acted where the sentence says so.

    These are clauses of the text. They are another unit than the rectification measures of which the notice declares a
    total without listing them: see `/reconciliation`. No measure has a status.
    """
    return await records.read_page(Measure, select_measures(query, records.repository), query)


@router.get("/facets", summary="Count measures by value", response_model=MeasureFacets)
async def count_measures(query: Annotated[MeasureFilters, Query()], records: RecordsDep) -> Response:
    """How many measures each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return await records.facets(Measure, query, FILTERS, FACETS)


@router.get("/{id}", summary="Get a measure", response_model=MeasureDetail)
async def get_measure(id: MeasureId, query: Annotated[MeasureRecordQuery, Query()], records: RecordsDep) -> Response:
    """One measure by its id; `m14-3` belongs to issue 14."""
    return records.record(MeasureDetail, id, query)


add_exports(router, "", MeasureDetail, MeasureQuery, records_of(MeasureDetail, select_measures))

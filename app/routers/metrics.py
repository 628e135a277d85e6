"""`/metrics`: every figure of the notice."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.route import Route
from app.models.metric import Metric, MetricDetail
from app.queries.metrics import (
    FACETS,
    FILTERS,
    MetricFacets,
    MetricFilters,
    MetricQuery,
    MetricRecordQuery,
    check_ranges,
    select_metrics,
)
from app.queries.query import page_of
from app.routers.exports import add_exports, records_of
from app.routers.responses import RecordsDep

router = APIRouter(prefix="/metrics", tags=["metrics"], route_class=Route)
MetricId = Annotated[str, Path(description="The metric's id.")]


@router.get("", summary="List metrics", response_model=page_of(Metric))
async def list_metrics(query: Annotated[MetricQuery, Query()], records: RecordsDep) -> Response:
    """Every figure that the notice prints, as printed and taken apart, with its sentence and its place.

    Read `value` with its `unit`, `multiplier` and `qualifier`: 9.37亿元 is 9.37 times 100000000 yuan, 40余项 is more
    than 40. Never add figures of different `unit`, `nature` or `counted_code`, nor a figure and its `part_of` or
    `same_as`. Always JSON: this is not a Prometheus endpoint.
    """
    return await records.read_page(Metric, select_metrics(query, records.repository), query)


@router.get("/facets", summary="Count metrics by value", response_model=MetricFacets)
async def count_metrics(query: Annotated[MetricFilters, Query()], records: RecordsDep) -> Response:
    """How many figures each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    check_ranges(query)
    return await records.facets(Metric, query, FILTERS, FACETS)


@router.get("/{id}", summary="Get a metric", response_model=MetricDetail)
async def get_metric(id: MetricId, query: Annotated[MetricRecordQuery, Query()], records: RecordsDep) -> Response:
    """One figure by its id, a readable slug that is never reused: the address to cite a figure by."""
    return records.record(MetricDetail, id, query)


add_exports(router, "", MetricDetail, MetricQuery, records_of(MetricDetail, select_metrics))

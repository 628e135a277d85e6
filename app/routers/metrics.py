"""`/metrics`: every figure of the notice."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.http.route import Route
from app.models.metric import Metric
from app.queries.facets import Facets, count_facets
from app.queries.filters import met, order
from app.queries.metrics import COLUMNS, SORTS, MetricFilters, MetricQuery, conditions
from app.queries.pagination import NoticeQuery, Page
from app.queries.reader import ReaderDep
from app.routers.dependencies import MetricId

router = APIRouter(prefix="/metrics", tags=["metrics"], route_class=Route)


class MetricPage(Page[Metric]):
    """Some metrics."""


@router.get("", summary="List metrics", response_model=MetricPage)
async def list_metrics(query: Annotated[MetricQuery, Query()], reader: ReaderDep) -> Response:
    """Every figure that the notice prints, as printed and taken apart, with its sentence and its place.

    Read `value` with its `unit`, `multiplier` and `qualifier`: 9.37亿元 is 9.37 times 100000000 yuan, 40余项 is more
    than 40. Never add figures of different `unit`, `nature` or `counted_code`, nor a figure and its `part_of` or
    `same_as`. Always JSON: this is not a Prometheus endpoint.
    """
    chosen = reader.select(Metric.table, query.notice, *order(query.sort, SORTS)).where(
        *met(conditions(query, reader.scope(query.notice)))
    )
    return await reader.page(Metric, chosen, query)


@router.get("/facets", summary="Count metrics by value")
async def count_metrics(query: Annotated[MetricFilters, Query()], reader: ReaderDep) -> Facets:
    """How many figures each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return await reader.run(
        query.notice, count_facets, reader, Metric.table, query, conditions(query, reader.scope(query.notice)), COLUMNS
    )


@router.get("/{id}", summary="Get a metric", response_model=Metric)
async def get_metric(id: MetricId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Response:
    """One figure by its id, a readable slug that is never reused: the address to cite a figure by."""
    return reader.record(Metric, query.notice, id)

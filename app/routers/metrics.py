"""`/metrics`: every figure of the notice."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import col

from app.facets import Facets, count_facets
from app.filters import met, order
from app.models.metric import Metric, MetricRow
from app.pagination import NoticeQuery, Page
from app.queries.metrics import COLUMNS, SORTS, MetricFilters, MetricQuery, conditions
from app.reader import ReaderDep
from app.routers.keys import MetricId

router = APIRouter(prefix="/metrics", tags=["metrics"])


class MetricPage(Page[Metric]):
    """Some metrics."""


@router.get("", summary="List metrics")
def list_metrics(query: Annotated[MetricQuery, Query()], reader: ReaderDep) -> MetricPage:
    """Every figure that the notice prints, as printed and taken apart, with its sentence and its place.

    Read `value` with its `unit`, `multiplier` and `qualifier`: 9.37亿元 is 9.37 times 100000000 yuan, 40余项 is more
    than 40. Never add figures of different `unit`, `nature` or `counted_code`, nor a figure and its `part_of` or
    `same_as`. Always JSON: this is not a Prometheus endpoint.
    """
    chosen = reader.select(MetricRow, query.notice, *order(query.sort, SORTS))
    return reader.page(MetricPage, Metric, chosen.where(*met(conditions(query))), query)


@router.get("/facets", summary="Count metrics by value")
def count_metrics(query: Annotated[MetricFilters, Query()], reader: ReaderDep) -> Facets:
    """How many figures each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return count_facets(reader, MetricRow, query, conditions(query), COLUMNS)


@router.get("/{id}", summary="Get a metric")
def get_metric(id: MetricId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Metric:
    """One figure by its id, a readable slug that is never reused: the address to cite a figure by."""
    return reader.record(Metric, reader.select(MetricRow, query.notice), col(MetricRow.id), id)

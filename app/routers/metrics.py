"""`/metrics`: every figure of the notice."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from sqlmodel import col

from app.models.metric import Metric, MetricRow, Nature, Qualifier
from app.models.vocabulary import Coded
from app.pagination import NoticeQuery, Page, PageQuery
from app.reader import ReaderDep
from app.routers.filters import CategoryFilter, IssueFilter, SectionFilter
from app.routers.keys import MetricId

router = APIRouter(prefix="/metrics", tags=["metrics"])


class MetricQuery(PageQuery):
    issue: IssueFilter = Field(None, description="Only figures in the text of this issue.")
    category: CategoryFilter = Field(None, description="Only figures in the texts of this category.")
    section: SectionFilter = Field(None, description="Only figures that stand in this section.")
    unit: Annotated[str, Coded("unit")] | None = Field(None, description="Only figures in this unit (`unit_code`).")
    nature: Nature | None = Field(None, description="Only figures of this nature.")
    qualifier: Qualifier | None = Field(
        None, description="Only figures qualified so; `exact` for those without a qualifier."
    )
    counted: Annotated[str, Coded("counted")] | None = Field(
        None, description="Only figures that count this (`counted_code`)."
    )
    scope: Annotated[str, Coded("scope")] | None = Field(
        None, description="Only figures about this much of the matter."
    )


class MetricPage(Page[Metric]):
    """Some metrics."""


_COLUMNS = {
    "issue": col(MetricRow.issue_number),
    "category": col(MetricRow.category_number),
    "section": col(MetricRow.section_id),
    "unit": col(MetricRow.unit_code),
    "nature": col(MetricRow.nature),
    "qualifier": col(MetricRow.qualifier),
    "counted": col(MetricRow.counted_code),
    "scope": col(MetricRow.scope),
}


@router.get("", summary="List metrics")
def list_metrics(query: Annotated[MetricQuery, Query()], reader: ReaderDep) -> MetricPage:
    """Every figure that the notice prints, as printed and taken apart, with its sentence and its place.

    Read `value` with its `unit`, `multiplier` and `qualifier`: 9.37亿元 is 9.37 times 100000000 yuan, 40余项 is more
    than 40. Never add figures of different `unit`, `nature` or `counted_code`, nor a figure and its `part_of` or
    `same_as`. Always JSON: this is not a Prometheus endpoint.
    """
    return reader.page(MetricPage, Metric, reader.select(MetricRow, query, _COLUMNS), query)


@router.get("/{id}", summary="Get a metric")
def get_metric(id: MetricId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Metric:
    """One figure by its id, a readable slug that is never reused: the address to cite a figure by."""
    return reader.record(Metric, reader.select(MetricRow, query), col(MetricRow.id), id)

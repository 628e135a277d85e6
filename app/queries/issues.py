"""What can be asked of issues: filters, order, facets."""

from typing import Annotated

from pydantic import Field
from sqlmodel import col

from app.filters import (
    SORTING,
    Categories,
    Conditions,
    Words,
    above_zero,
    among,
    holding,
    sort_keys,
    worded,
)
from app.models.issue import IssueRow
from app.models.vocabulary import Coded
from app.pagination import ListQuery, PageQuery

COLUMNS = {"category": col(IssueRow.category_number)}
ARRAYS = {"topic": IssueRow.topics, "kind": IssueRow.kinds}
SORTS = {
    "number": col(IssueRow.number),
    "measure_count": col(IssueRow.measure_count),
    "metric_count": col(IssueRow.metric_count),
    "statement_count": col(IssueRow.statement_count),
}


class IssueFilters(ListQuery):
    q: Words | None = Field(None, description="Only issues whose title and text hold every word.")
    category: Categories = Field([], description="Only issues of these categories.")
    topic: list[Annotated[str, Coded("topic")]] = Field([], description="Only issues filed under any of these topics.")
    kind: list[Annotated[str, Coded("measure_kind")]] = Field(
        [], description="Only issues with a measure of these kinds."
    )
    has_metrics: bool | None = Field(None, description="Only issues whose text prints figures, or none.")


class IssueQuery(PageQuery, IssueFilters):
    sort: list[Annotated[str, sort_keys(SORTS)]] = Field([], description=SORTING)


def conditions(query: IssueFilters) -> Conditions:
    """What each parameter asks of an issue."""
    return {
        "q": worded("issue", col(IssueRow.notice), col(IssueRow.number), query.q),
        "category": among(col(IssueRow.category_number), query.category),
        "topic": holding(IssueRow.topics, query.topic),
        "kind": holding(IssueRow.kinds, query.kind),
        "has_metrics": above_zero(col(IssueRow.metric_count), query.has_metrics),
    }

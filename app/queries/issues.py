"""What can be asked of issues: filters, order, facets."""

from typing import Annotated

from pydantic import Field

from app.models.vocabulary import Coded
from app.queries.filters import (
    SORTING,
    Categories,
    Conditions,
    Scope,
    Words,
    above_zero,
    among,
    holding,
    sort_keys,
    worded,
)
from app.queries.pagination import ListQuery, PageQuery

COLUMNS = {"category": "category_number"}
ARRAYS = {"topic": "topics", "kind": "kinds"}
SORTS = {
    "number": "number",
    "measure_count": "measure_count",
    "metric_count": "metric_count",
    "statement_count": "statement_count",
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


def conditions(query: IssueFilters, scope: Scope) -> Conditions:
    """What each parameter asks of an issue."""
    return {
        "q": worded("issue", query.q, scope),
        "category": among("category_number", query.category),
        "topic": holding("topics", query.topic, scope),
        "kind": holding("kinds", query.kind, scope),
        "has_metrics": above_zero("metric_count", query.has_metrics),
    }

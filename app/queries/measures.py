"""What can be asked of measures: filters, order, facets."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import tuple_
from sqlmodel import col, select

from app.filters import (
    SORTING,
    Categories,
    Condition,
    Conditions,
    Issues,
    Words,
    among,
    holding,
    present,
    sort_keys,
    worded,
)
from app.models.issue import IssueRow
from app.models.metric import MetricRow
from app.models.statement import MEASURE, StatementRow
from app.models.vocabulary import Coded
from app.pagination import ListQuery, PageQuery

COLUMNS = {
    "category": col(StatementRow.category_number),
    "issue": col(StatementRow.issue_number),
    "kind": col(StatementRow.kind),
    "modality": col(StatementRow.modality),
    "actor": col(StatementRow.actor),
}
SORTS = {
    "issue": col(StatementRow.issue_number),
    "kind": col(StatementRow.kind),
    "modality": col(StatementRow.modality),
    "actor": col(StatementRow.actor),
}


class MeasureFilters(ListQuery):
    q: Words | None = Field(None, description="Only measures whose text holds every word.")
    issue: Issues = Field([], description="Only measures about these issues.")
    category: Categories = Field([], description="Only measures about issues of these categories.")
    topic: list[Annotated[str, Coded("topic")]] = Field([], description="Only measures about issues of these topics.")
    kind: list[Annotated[str, Coded("measure_kind")]] = Field([], description="Only measures of these kinds.")
    modality: list[Annotated[str, Coded("modality")]] = Field([], description="Only measures of these modalities.")
    actor: list[Annotated[str, Field(json_schema_extra={"x-among": "actors"})]] = Field(
        [], description="Only measures of these actors, as printed."
    )
    has_actor: bool | None = Field(None, description="Only measures whose sentence prints who acts, or does not.")
    has_metrics: bool | None = Field(None, description="Only measures whose clause prints figures, or none.")


class MeasureQuery(PageQuery, MeasureFilters):
    sort: list[Annotated[str, sort_keys(SORTS)]] = Field([], description=SORTING)


def conditions(query: MeasureFilters) -> Conditions:
    """What each parameter asks of a measure."""
    return {
        "role": col(StatementRow.role) == MEASURE,
        "q": worded("measure", col(StatementRow.notice), col(StatementRow.id), query.q),
        "issue": among(col(StatementRow.issue_number), query.issue),
        "category": among(col(StatementRow.category_number), query.category),
        "topic": _about(query.topic),
        "kind": among(col(StatementRow.kind), query.kind),
        "modality": among(col(StatementRow.modality), query.modality),
        "actor": among(col(StatementRow.actor), query.actor),
        "has_actor": present(col(StatementRow.actor), query.has_actor),
        "has_metrics": _with_figures(query.has_metrics),
    }


def _about(topics: list[str]) -> Condition:
    filed = holding(IssueRow.topics, topics)
    if filed is None:
        return None
    issues = select(IssueRow.notice, IssueRow.number).where(filed)
    return tuple_(col(StatementRow.notice), col(StatementRow.issue_number)).in_(issues)


def _with_figures(wanted: bool | None) -> Condition:
    if wanted is None:
        return None
    printed = select(MetricRow.notice, MetricRow.measure_id).where(col(MetricRow.measure_id).is_not(None))
    key = tuple_(col(StatementRow.notice), col(StatementRow.id))
    return key.in_(printed) if wanted else key.not_in(printed)

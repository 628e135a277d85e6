"""What can be asked of measures: filters, order, facets."""

from typing import Annotated

from pydantic import Field

from app.database.select import Condition, equal
from app.models.statement import MEASURE
from app.models.vocabulary import Coded
from app.queries.filters import (
    SORTING,
    Categories,
    Conditions,
    Issues,
    Scope,
    Words,
    among,
    holding,
    present,
    sort_keys,
    within,
    worded,
)
from app.queries.pagination import ListQuery, PageQuery

COLUMNS = {
    "category": "category_number",
    "issue": "issue_number",
    "kind": "kind",
    "modality": "modality",
    "actor": "actor",
}
SORTS = {
    "issue": "issue_number",
    "kind": "kind",
    "modality": "modality",
    "actor": "actor",
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


def conditions(query: MeasureFilters, scope: Scope) -> Conditions:
    """What each parameter asks of a measure."""
    return {
        "role": equal("role", MEASURE),
        "q": worded("measure", query.q, scope),
        "issue": among("issue_number", query.issue),
        "category": among("category_number", query.category),
        "topic": _about(query.topic, scope),
        "kind": among("kind", query.kind),
        "modality": among("modality", query.modality),
        "actor": among("actor", query.actor),
        "has_actor": present("actor", query.has_actor),
        "has_metrics": _with_figures(query.has_metrics),
    }


def _about(topics: list[str], scope: Scope) -> Condition | None:
    filed = holding("topics", topics, scope)
    if filed is None:
        return None
    if scope.notice is None:
        issues = Condition(f"select notice, number from issue where {filed.sql}", filed.values)
        return within("(notice, issue_number)", issues)
    issues = Condition(f"select number from issue where notice = ? and {filed.sql}", (scope.notice, *filed.values))
    return within("issue_number", issues)


def _with_figures(wanted: bool | None) -> Condition | None:
    if wanted is None:
        return None
    printed = "exists (select 1 from metric where notice = statement.notice and measure_id = statement.id)"
    return Condition(printed if wanted else f"not {printed}")

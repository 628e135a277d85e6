"""What can be asked of metrics: filters, order, facets."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import and_, or_
from sqlmodel import col, func

from app.errors import slip
from app.filters import (
    SORTING,
    Categories,
    Condition,
    Conditions,
    Issues,
    Sections,
    Words,
    among,
    present,
    sort_keys,
    worded,
)
from app.models.metric import MetricRow, Nature, Qualifier
from app.models.vocabulary import Coded
from app.pagination import ListQuery, PageQuery
from app.parameters import refused

SORTS = {
    "value": col(MetricRow.sort_value),
    "period_start": col(MetricRow.period_start),
    "issue": col(MetricRow.issue_number),
    "unit": col(MetricRow.unit_code),
    "counted": col(MetricRow.counted_code),
    "id": col(MetricRow.id),
}
COLUMNS = {
    "category": col(MetricRow.category_number),
    "issue": col(MetricRow.issue_number),
    "section": col(MetricRow.section_id),
    "unit": col(MetricRow.unit_code),
    "nature": col(MetricRow.nature),
    "qualifier": col(MetricRow.qualifier),
    "direction": col(MetricRow.direction),
    "comparison": col(MetricRow.comparison),
    "period_kind": col(MetricRow.period_kind),
    "counted": col(MetricRow.counted_code),
    "scope": col(MetricRow.scope),
    "indicator": col(MetricRow.indicator),
}
_BOUND: dict[str, Any] = {"ge": -1e15, "le": 1e15}
_START, _END = col(MetricRow.period_start), col(MetricRow.period_end)


class MetricFilters(ListQuery):
    q: Words | None = Field(None, description="Only figures whose sentence and label hold every word.")
    issue: Issues = Field([], description="Only figures in the texts of these issues.")
    category: Categories = Field([], description="Only figures in the texts of these categories.")
    section: Sections = Field([], description="Only figures that stand in these sections.")
    unit: list[Annotated[str, Coded("unit")]] = Field([], description="Only figures in these units (`unit_code`).")
    nature: list[Nature] = Field([], description="Only figures of these natures.")
    qualifier: list[Qualifier] = Field([], description="Only figures qualified so; `exact` for those without a word.")
    direction: list[Annotated[str, Coded("direction")]] = Field([], description="Only figures that rise, or fall.")
    comparison: list[Annotated[str, Coded("comparison")]] = Field([], description="Only figures compared with these.")
    period_kind: list[Annotated[str, Coded("period_kind")]] = Field([], description="Only figures with such a period.")
    counted: list[Annotated[str, Coded("counted")]] = Field([], description="Only figures that count these.")
    scope: list[Annotated[str, Coded("scope")]] = Field([], description="Only figures about this much of the matter.")
    indicator: list[Annotated[str, Coded("indicator")]] = Field([], description="Only these headline figures.")
    value_min: Annotated[float, Field(**_BOUND)] | None = Field(
        None, description="Lowest `normalized_value`; needs one `unit`. The printed number counts: 40余 is taken as 40."
    )
    value_max: Annotated[float, Field(**_BOUND)] | None = Field(
        None,
        description="Highest `normalized_value`; needs one `unit`. The printed number counts: 40余 is taken as 40.",
    )
    year: list[Annotated[int, Field(ge=1900, le=2199)]] = Field(
        [], description="Only figures whose stated dates touch these years."
    )
    period_from: date | None = Field(None, description="Only figures whose stated dates touch this day or later ones.")
    period_to: date | None = Field(None, description="Only figures whose stated dates touch this day or earlier ones.")
    period: Literal["stated", "unstated"] | None = Field(
        None, description="Only figures whose sentence states dates, or none. 全年 alone states none."
    )
    has_note: bool | None = Field(None, description="Only figures with a note on an ambiguity, or without.")


class MetricQuery(PageQuery, MetricFilters):
    sort: list[Annotated[str, sort_keys(SORTS)]] = Field([], description=SORTING)


def conditions(query: MetricFilters) -> Conditions:
    """What each parameter asks of a metric; a 422 where two contradict each other."""
    _check(query)
    value = col(MetricRow.sort_value)
    return {
        "q": worded("metric", col(MetricRow.notice), col(MetricRow.id), query.q),
        "value_min": None if query.value_min is None else value >= query.value_min,
        "value_max": None if query.value_max is None else value <= query.value_max,
        "year": _touching_any(query.year),
        "period_from": _touching(query.period_from, None),
        "period_to": _touching(None, query.period_to),
        "period": present(func.coalesce(_START, _END), None if query.period is None else query.period == "stated"),
        "has_note": present(col(MetricRow.note), query.has_note),
        **{name: among(column, getattr(query, name)) for name, column in COLUMNS.items()},
    }


def _check(query: MetricFilters) -> None:
    slips = []
    for low, high in (("value_min", "value_max"), ("period_from", "period_to")):
        first, last = getattr(query, low), getattr(query, high)
        if first is not None and last is not None and first > last:
            slips.append(slip("query", low, f"{low!r} is above {high!r}."))
    if (query.value_min is not None or query.value_max is not None) and len(query.unit) != 1:
        name = "value_max" if query.value_min is None else "value_min"
        slips.append(slip("query", name, f"{name!r} needs one 'unit': numbers of different units are no range."))
    if slips:
        raise refused(slips)


def _touching_any(years: list[int]) -> Condition:
    touched = [_touching(date(year, 1, 1), date(year, 12, 31)) for year in set(years)]
    return or_(*(condition for condition in touched if condition is not None)) if touched else None


def _touching(first: date | None, last: date | None) -> Condition:
    """Whether the stated dates touch a stretch of days; a date without a second one is a point, or has no end yet."""
    since = [] if first is None else [or_(first <= _END, and_(_START.is_not(None), _END.is_(None)))]
    until = [] if last is None else [func.coalesce(_START, _END) <= last]
    return and_(*since, *until) if since or until else None

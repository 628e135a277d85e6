"""What can be asked of metrics: filters, order, facets."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from app.database.select import Condition
from app.http.errors import slip
from app.http.parameters import refused
from app.models.metric import Nature, Qualifier
from app.models.vocabulary import Coded
from app.queries.filters import (
    SORTING,
    Categories,
    Conditions,
    Issues,
    Scope,
    Sections,
    Words,
    among,
    present,
    sort_keys,
    worded,
)
from app.queries.pagination import ListQuery, PageQuery

SORTS = {
    "value": "sort_value",
    "period_start": "period_start",
    "issue": "issue_number",
    "unit": "unit_code",
    "counted": "counted_code",
    "id": "id",
}
COLUMNS = {
    "category": "category_number",
    "issue": "issue_number",
    "section": "section_id",
    "unit": "unit_code",
    "nature": "nature",
    "qualifier": "qualifier",
    "direction": "direction",
    "comparison": "comparison",
    "period_kind": "period_kind",
    "counted": "counted_code",
    "scope": "scope",
    "indicator": "indicator",
}
_BOUND: dict[str, Any] = {"ge": -1e15, "le": 1e15}


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


def conditions(query: MetricFilters, scope: Scope) -> Conditions:
    """What each parameter asks of a metric; a 422 where two contradict each other."""
    _check(query)
    return {
        "q": worded("metric", query.q, scope),
        "value_min": _bound("sort_value >= ?", query.value_min),
        "value_max": _bound("sort_value <= ?", query.value_max),
        "year": _touching_any(query.year),
        "period_from": _touching(query.period_from, None),
        "period_to": _touching(None, query.period_to),
        "period": present(
            "coalesce(period_start, period_end)", None if query.period is None else query.period == "stated"
        ),
        "has_note": present("note", query.has_note),
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


def _bound(sql: str, value: float | None) -> Condition | None:
    return None if value is None else Condition(sql, (value,))


def _touching_any(years: list[int]) -> Condition | None:
    touched = [_touching(date(year, 1, 1), date(year, 12, 31)) for year in dict.fromkeys(years)]
    return _joined(" or ", touched)


def _touching(first: date | None, last: date | None) -> Condition | None:
    """Whether the stated dates touch a stretch of days; a date without a second one is a point, or has no end yet."""
    ending = "(? <= period_end or (period_start is not null and period_end is null))"
    since = Condition(ending, (first.isoformat(),)) if first else None
    until = Condition("coalesce(period_start, period_end) <= ?", (last.isoformat(),)) if last else None
    return _joined(" and ", [since, until])


def _joined(word: str, conditions: Sequence[Condition | None]) -> Condition | None:
    there = [condition for condition in conditions if condition]
    sql = f"({word.join(condition.sql for condition in there)})"
    return Condition(sql, tuple(value for condition in there for value in condition.values)) if there else None

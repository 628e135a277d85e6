"""Metrics: filters, order, facets."""

from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import and_, func, or_

from app.database.repository import Repository
from app.database.select import Bound, Clause, Column, Condition, Select, is_null, table_of
from app.http.errors import RequestError, invalid_parameters
from app.http.messages import Message
from app.http.parameters import Choice, Code, Day, Integer, Key, Number
from app.models.metric import Metric, MetricDetail, MetricRow
from app.queries.facets import facets_model
from app.queries.filters import (
    SORTING,
    Categories,
    Filters,
    Issues,
    Sections,
    Words,
    YesNo,
    any_of,
    holds,
    select_records,
    sort_keys,
    stated,
)
from app.queries.query import FIELDS, ListQuery, Names, PageQuery, RecordQuery, field_names

_metric = table_of(MetricRow)
_PERIOD = func.coalesce(_metric.c.period_start, _metric.c.period_end)
SORTS = {
    "value": _metric.c.sort_value,
    "period_start": _metric.c.period_start,
    "issue": _metric.c.issue_number,
    "unit": _metric.c.unit_code,
    "counted": _metric.c.counted_code,
    "id": _metric.c.id,
}
FACETS: dict[str, Column] = {
    "category": _metric.c.category_number,
    "issue": _metric.c.issue_number,
    "section": _metric.c.section_id,
    "unit": _metric.c.unit_code,
    "nature": _metric.c.nature,
    "qualifier": _metric.c.qualifier,
    "direction": _metric.c.direction,
    "comparison": _metric.c.comparison,
    "period_kind": _metric.c.period_kind,
    "counted": _metric.c.counted_code,
    "scope": _metric.c.scope,
    "indicator": _metric.c.indicator,
}
Bounded = Annotated[float, Number(-(10**15), 10**15)]


class MetricFilters(ListQuery):
    id: list[Annotated[str, Key("metrics")]] = Field([], description="Only the metrics with these ids.")
    q: Words | None = Field(None, description="Only figures whose sentence and label hold every word.")
    issue: Issues = Field([], description="Only figures in the texts of these issues.")
    category: Categories = Field([], description="Only figures in the texts of these categories.")
    section: Sections = Field([], description="Only figures that stand in these sections.")
    unit: list[Annotated[str, Code("unit")]] = Field([], description="Only figures in these units (`unit_code`).")
    nature: list[Annotated[str, Code("nature")]] = Field([], description="Only figures of these natures.")
    qualifier: list[Annotated[str, Code("qualifier")]] = Field(
        [], description="Only figures qualified so; `exact` for those without a word."
    )
    direction: list[Annotated[str, Code("direction")]] = Field([], description="Only figures that rise, or fall.")
    comparison: list[Annotated[str, Code("comparison")]] = Field([], description="Only figures compared with these.")
    period_kind: list[Annotated[str, Code("period_kind")]] = Field([], description="Only figures with such a period.")
    counted: list[Annotated[str, Code("counted")]] = Field([], description="Only figures that count these.")
    scope: list[Annotated[str, Code("scope")]] = Field([], description="Only figures about this much of the matter.")
    indicator: list[Annotated[str, Code("indicator")]] = Field([], description="Only these headline figures.")
    value_min: Bounded | None = Field(
        None, description="Lowest `normalized_value`; needs one `unit`. The printed number counts: 40余 is taken as 40."
    )
    value_max: Bounded | None = Field(
        None,
        description="Highest `normalized_value`; needs one `unit`. The printed number counts: 40余 is taken as 40.",
    )
    year: list[Annotated[int, Integer(1900, 2199)]] = Field(
        [], description="Only figures whose stated dates touch these years."
    )
    period_from: Annotated[date, Day()] | None = Field(
        None, description="Only figures whose stated dates touch this day or later ones."
    )
    period_to: Annotated[date, Day()] | None = Field(
        None, description="Only figures whose stated dates touch this day or earlier ones."
    )
    period: Annotated[str, Choice("PeriodStatement", ("stated", "unstated"))] | None = Field(
        None, description="Only figures whose sentence states dates, or none. 全年 alone states none."
    )
    has_note: YesNo | None = Field(None, description="Only figures with a note on an ambiguity, or without.")


MetricFacets = facets_model("Metric", MetricFilters, FACETS)


class MetricQuery(PageQuery, MetricFilters):
    sort: list[Annotated[str, sort_keys("MetricSort", SORTS)]] = Field([], description=SORTING)
    fields: list[Annotated[Names, field_names(Metric)]] = Field([], description=FIELDS)


class MetricRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(MetricDetail)]] = Field([], description=FIELDS)


FILTERS: Filters = {
    "id": any_of(_metric.c.id),
    "q": holds("metric", _metric),
    "value_min": lambda value, _: Clause(_at_least, (), (value,)),
    "value_max": lambda value, _: Clause(_at_most, (), (value,)),
    "year": lambda years, _: _in_years(years),
    "period_from": lambda day, _: Clause(_ends_after, (), (day.isoformat(),)),
    "period_to": lambda day, _: Clause(_begins_before, (), (day.isoformat(),)),
    "period": lambda period, _: is_null(_PERIOD, period == "unstated"),
    "has_note": stated(_metric.c.note),
    **{name: any_of(column) for name, column in FACETS.items()},
}


def select_metrics(query: MetricQuery, repository: Repository) -> Select:
    """Select the metrics that a query asks for; `ProblemException` where two parameters contradict each other."""
    check_ranges(query)
    return select_records(Metric, FILTERS, SORTS, query, repository)


def check_ranges(query: MetricFilters) -> None:
    """Raise `ProblemException` where a range is upside down, or has no unit."""
    errors = []
    for low, high in (("value_min", "value_max"), ("period_from", "period_to")):
        first, last = getattr(query, low), getattr(query, high)
        if first is not None and last is not None and first > last:
            errors.append(RequestError("query", low, Message("bounds", {"name": low, "other": high})))
    if (query.value_min is not None or query.value_max is not None) and len(query.unit) != 1:
        name = "value_max" if query.value_min is None else "value_min"
        errors.append(RequestError("query", name, Message("unit", {"name": name})))
    if errors:
        raise invalid_parameters(errors)


def _at_least(value: Bound) -> Condition:
    return _metric.c.sort_value >= value


def _at_most(value: Bound) -> Condition:
    return _metric.c.sort_value <= value


def _in_years(years: list[int]) -> Clause:
    days = [day.isoformat() for year in dict.fromkeys(years) for day in (date(year, 1, 1), date(year, 12, 31))]
    return Clause(_touches_any, (), tuple(days))


def _touches_any(*days: Bound) -> Condition:
    """The stated dates touch any of some stretches, each given by its first and its last day."""
    stretches = zip(days[::2], days[1::2], strict=True)
    return or_(*(and_(_ends_after(first), _begins_before(last)) for first, last in stretches))


def _ends_after(day: Bound) -> Condition:
    """A date without a second one is a point where it is the last, and has no end yet where it is the first."""
    is_open = and_(_metric.c.period_start.is_not(None), _metric.c.period_end.is_(None))
    return or_(_metric.c.period_end >= day, is_open)


def _begins_before(day: Bound) -> Condition:
    return day >= _PERIOD

"""Measures: filters, order, facets."""

from functools import partial
from typing import Annotated

from pydantic import Field
from sqlalchemy import exists

from app.database.select import Clause, Column, Condition, table_of
from app.http.parameters import Code, Key
from app.models.metric import MetricRow
from app.models.statement import Measure, MeasureDetail, StatementRow
from app.queries.facets import facets_model
from app.queries.filters import (
    SORTING,
    Categories,
    Filters,
    Issues,
    Topics,
    Words,
    YesNo,
    any_of,
    holds,
    of_topics,
    select_records,
    sort_keys,
    stated,
)
from app.queries.places import names
from app.queries.query import FIELDS, ListQuery, Names, PageQuery, RecordQuery, field_names

_measure, _metric = table_of(StatementRow), table_of(MetricRow)
SORTS = {
    "issue": _measure.c.issue_number,
    "kind": _measure.c.kind,
    "modality": _measure.c.modality,
    "actor": _measure.c.actor,
}
FACETS: dict[str, Column] = {
    "category": _measure.c.category_number,
    "issue": _measure.c.issue_number,
    "kind": _measure.c.kind,
    "modality": _measure.c.modality,
    "actor": _measure.c.actor,
    "directive": _measure.c.directive_code,
    "sanction": _measure.c.sanction,
}


class MeasureFilters(ListQuery):
    id: list[Annotated[str, Key("measures")]] = Field([], description="Only the measures with these ids.")
    q: Words | None = Field(None, description="Only measures whose text holds every word.")
    issue: Issues = Field([], description="Only measures about these issues.")
    category: Categories = Field([], description="Only measures about issues of these categories.")
    topic: Topics = Field([], description="Only measures about issues of these topics.")
    kind: list[Annotated[str, Code("measure_kind")]] = Field([], description="Only measures of these kinds.")
    modality: list[Annotated[str, Code("modality")]] = Field([], description="Only measures of these modalities.")
    actor: list[Annotated[str, Key("actors")]] = Field([], description="Only measures of these actors, as printed.")
    directive: list[Annotated[str, Code("directive")]] = Field(
        [], description="Only measures whose actor was prompted, urged and so on to act."
    )
    directed: YesNo | None = Field(
        None,
        description="Only measures behind a directing verb, or not: an ordered act is not a done act.",
    )
    sanction: list[Annotated[str, Code("sanction")]] = Field(
        [], description="Only measures whose clause prints any of these forms of handling."
    )
    document: list[Annotated[str, Key("documents")]] = Field([], description="Only measures that name these documents.")
    organization: list[Annotated[str, Key("organizations")]] = Field(
        [], description="Only measures in whose clause these organizations stand."
    )
    has_actor: YesNo | None = Field(None, description="Only measures whose sentence prints who acts, or does not.")
    has_metrics: YesNo | None = Field(None, description="Only measures whose clause prints figures, or none.")


MeasureFacets = facets_model("Measure", MeasureFilters, FACETS)


class MeasureQuery(PageQuery, MeasureFilters):
    sort: list[Annotated[str, sort_keys("MeasureSort", SORTS)]] = Field([], description=SORTING)
    fields: list[Annotated[Names, field_names(Measure)]] = Field([], description=FIELDS)


class MeasureRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(MeasureDetail)]] = Field([], description=FIELDS)


FILTERS: Filters = {
    "id": any_of(_measure.c.id),
    "q": holds("measure", _measure),
    "issue": any_of(_measure.c.issue_number),
    "category": any_of(_measure.c.category_number),
    "topic": of_topics(_measure.c.notice, _measure.c.issue_number),
    "kind": any_of(_measure.c.kind),
    "modality": any_of(_measure.c.modality),
    "actor": any_of(_measure.c.actor),
    "directive": any_of(_measure.c.directive_code),
    "directed": stated(_measure.c.directive),
    "sanction": any_of(_measure.c.sanction),
    "document": names("document", _measure),
    "organization": names("organization", _measure),
    "has_actor": stated(_measure.c.actor),
    "has_metrics": lambda wanted, _: Clause(_has_metrics, (wanted,)),
}

select_measures = partial(select_records, Measure, FILTERS, SORTS)


def _has_metrics(wanted: bool) -> Condition:
    found = exists().where(_metric.c.notice == _measure.c.notice, _metric.c.statement_id == _measure.c.id)
    return found if wanted else ~found

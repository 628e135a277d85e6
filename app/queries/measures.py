"""What can be asked of measures: filters, order, facets."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import exists

from app.database.clauses import Clause, Column, Condition, in_, is_null
from app.database.repository import NoticeScope, Repository
from app.database.select import Select, rowid, table_of
from app.http.parameters import Code, Key
from app.models.metric import MetricRow
from app.models.statement import Measure, MeasureDetail, StatementRow
from app.queries.facets import facets_model
from app.queries.fields import FIELDS, Names, RecordQuery, field_names
from app.queries.filters import (
    SORTING,
    Categories,
    Clauses,
    Issues,
    Topics,
    Words,
    YesNo,
    active,
    has_words,
    of_topics,
    order_by,
    sort_keys,
)
from app.queries.pagination import ListQuery, PageQuery
from app.queries.places import names

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


def filter_measures(query: MeasureFilters, scope: NoticeScope) -> Clauses:
    """Return the clauses of a query by parameter."""
    return {
        "id": in_(_measure.c.id, query.id),
        "q": has_words("measure", rowid(_measure), query.q, scope),
        "issue": in_(_measure.c.issue_number, query.issue),
        "category": in_(_measure.c.category_number, query.category),
        "topic": of_topics(query.topic, scope, _measure.c.notice, _measure.c.issue_number),
        "kind": in_(_measure.c.kind, query.kind),
        "modality": in_(_measure.c.modality, query.modality),
        "actor": in_(_measure.c.actor, query.actor),
        "directive": in_(_measure.c.directive_code, query.directive),
        "directed": is_null(_measure.c.directive, None if query.directed is None else not query.directed),
        "sanction": in_(_measure.c.sanction, query.sanction),
        "document": names("document", _measure, query.document),
        "organization": names("organization", _measure, query.organization),
        "has_actor": is_null(_measure.c.actor, None if query.has_actor is None else not query.has_actor),
        "has_metrics": None if query.has_metrics is None else Clause(_has_metrics, (query.has_metrics,)),
    }


def select_measures(query: MeasureQuery, repository: Repository) -> Select:
    """Select the measures that a query asks for."""
    clauses = active(filter_measures(query, repository.scope(query.notice)))
    return repository.select(Measure, query.notice).where(*clauses).order_by(*order_by(query.sort, SORTS))


def _has_metrics(wanted: bool) -> Condition:
    found = exists().where(_metric.c.notice == _measure.c.notice, _metric.c.statement_id == _measure.c.id)
    return found if wanted else ~found

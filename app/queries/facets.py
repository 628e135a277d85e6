"""Facets: how many records of a collection have each value of a parameter, under the same filters."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, get_args

from fastapi import Request, Response
from pydantic import BaseModel, Field, create_model
from sqlalchemy import Integer

from app.database.catalog import NoticeScope
from app.database.repository import Repository
from app.database.select import Column, Model, Select, equal, in_select, is_null, rowid, table_of
from app.database.statements import totals
from app.http.mount import address, route_path
from app.http.parameters import Code
from app.http.route import JSONText
from app.models.decimal import format_json
from app.models.issue import IssueLabelRow
from app.models.vocabulary import Coded, component_name
from app.queries.filters import Filters, where
from app.queries.query import ListQuery

_LABEL = table_of(IssueLabelRow)


class FacetValue(BaseModel):
    """One value of a parameter."""

    value: Any
    label: str | None = Field(
        description="In Chinese: a code's, or a title in the notice asked for; null where there is none."
    )
    label_en: str | None
    count: int = Field(description="How many records the list would hold with this value alone for the parameter.")
    url: str = Field(description="The address of that list.")


class Facets(BaseModel):
    """Counts by parameter. A facet leaves out its own parameter, so that the alternatives to a choice are told too."""

    total: int = Field(description="How many records meet all the filters.")
    facets: Any


def facets_model(name: str, filters: type[BaseModel], facets: Iterable[str]) -> type[Facets]:
    """Return the model of the counts of a collection: `{name}Facets`, with each facet's values as its parameter's."""
    values: dict[str, Any] = {facet: (list[_value_model(filters, facet)], ...) for facet in facets}  # type: ignore[misc]
    counts = create_model(f"{name}FacetValues", __doc__="By parameter, the most frequent value first.", **values)
    return create_model(f"{name}Facets", __base__=Facets, __doc__=Facets.__doc__, facets=(counts, ...))


def _value_model(filters: type[BaseModel], facet: str) -> type[FacetValue]:
    """Return the model of a value that the facet's parameter takes."""
    (item,) = get_args(filters.model_fields[facet].annotation)
    kind, *_ = get_args(item)
    if vocabulary := parameter_vocabulary(filters, facet):
        return _facet_value_model(component_name(vocabulary), Annotated[str, Coded(vocabulary)])
    return _facet_value_model("Number" if kind is int else "Text", kind)


@cache
def parameter_vocabulary(filters: type[BaseModel], name: str) -> str | None:
    """Return the vocabulary whose codes a repeatable parameter takes; None if it takes none."""
    (item,) = get_args(filters.model_fields[name].annotation)
    return next((mark.vocabulary for mark in get_args(item) if isinstance(mark, Code)), None)


@cache
def _facet_value_model(name: str, kind: Any) -> type[FacetValue]:
    value = (kind, Field(description="What the parameter takes."))
    return create_model(f"{name}Facet", __base__=FacetValue, __doc__=FacetValue.__doc__, value=value)


def count_facets(
    request: Request,
    repository: Repository,
    model: Model,
    query: ListQuery,
    filters: Filters,
    columns: Mapping[str, Column | str],
) -> Response:
    """Count records by each of the columns; a column that is text is a field that holds several codes."""
    records, scope = Select.records(model, query.notice), NoticeScope(query.notice, repository.catalog)
    facets = {}
    for name, column in columns.items():
        selected = records.where(*where(filters, query, scope, without=name))
        counted = _count(repository, selected, column)
        facets[name] = [_facet_value(request, repository, query, name, *pair) for pair in counted]
    total = repository.database.count(records.where(*where(filters, query, scope)))
    return JSONText(format_json({"total": total, "facets": facets}))


def _count(repository: Repository, selected: Select, column: Column | str) -> list[Any]:
    """Return values with their counts, the most frequent first."""
    kept = repository.database.kept_counts(selected, column if isinstance(column, str) else str(column.key))
    if kept is not None:
        is_number = not isinstance(column, str) and isinstance(column.type, Integer)
        counted: list[Any] = [(int(value) if is_number else value, count) for value, count in kept.items()]
    elif isinstance(column, str):
        labels = Select(_LABEL).where(equal(_LABEL.c.field, column))
        if selected.clauses:
            labels = labels.where(in_select(_LABEL.c.record, selected, rowid(selected.table)))
        counted = repository.database.fetch(labels, _LABEL.c.code, build=totals)
    else:
        counted = repository.database.fetch(selected.where(is_null(column, False)), column, build=totals)
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


def _facet_value(
    request: Request, repository: Repository, query: ListQuery, name: str, value: Any, count: int
) -> dict[str, Any]:
    catalog = repository.catalog
    codes = catalog.labels.get(parameter_vocabulary(type(query), name) or "", {})
    titles = catalog.titles(name, query.notice)
    label, label_en = codes.get(value) or titles.get(value) or (None, None)
    parameters = [pair for pair in request.query_params.multi_items() if pair[0] != name]
    path = route_path(request.scope).removesuffix("/facets")
    url = address(request.scope, path, [*parameters, (name, value)])
    return {"value": value, "label": label, "label_en": label_en, "count": count, "url": url}

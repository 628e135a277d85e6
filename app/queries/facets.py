"""Facets: how many records of a collection have each value of a parameter, under the same filters."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from pydantic import BaseModel, Field

from app.database.clauses import Column, equal, is_null
from app.database.repository import Repository
from app.database.select import Select, in_select, rowid, table_of, totals
from app.http.links import address, route_path
from app.models.issue import IssueLabelRow
from app.queries.filters import Clauses, active
from app.queries.pagination import ListQuery

# Parameters that are named otherwise than the vocabulary of their codes.
VOCABULARIES = {"kind": "measure_kind"}

_LABEL = table_of(IssueLabelRow)


class FacetValue(BaseModel):
    """One value of a parameter."""

    value: str | int = Field(description="What the parameter takes.")
    label: str | None = Field(
        description="In Chinese: a code's, or a title in the notice asked for; null where there is none."
    )
    label_en: str | None
    count: int = Field(description="How many records the list would hold with this value alone for the parameter.")
    url: str = Field(description="The address of that list.")


class Facets(BaseModel):
    """Counts by parameter. A facet leaves out its own parameter, so that the alternatives to a choice are told too."""

    total: int = Field(description="How many records meet all the filters.")
    facets: dict[str, list[FacetValue]] = Field(description="By parameter, the most frequent value first.")


def count_facets(
    request: Request,
    repository: Repository,
    records: Select,
    query: ListQuery,
    clauses: Clauses,
    columns: Mapping[str, Column | str],
) -> Facets:
    """Count records by each of the columns; a column that is text is a field that holds several codes."""
    facets = {}
    for name, column in columns.items():
        selected = records.where(*active(clauses, without=name))
        counted = _count(repository, selected, column)
        facets[name] = [_facet_value(request, repository, query, name, *pair) for pair in counted]
    return Facets(total=repository.database.count(records.where(*active(clauses))), facets=facets)


def _count(repository: Repository, selected: Select, column: Column | str) -> list[Any]:
    """Return values with their counts, the most frequent first."""
    if isinstance(column, str):
        labels = Select(_LABEL).where(equal(_LABEL.c.field, column))
        if selected.clauses:
            labels = labels.where(in_select(_LABEL.c.record, selected, rowid(selected.table)))
        counted = repository.database.fetch(labels, _LABEL.c.code, build=totals)
    else:
        counted = repository.database.fetch(selected.where(is_null(column, False)), column, build=totals)
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


def _facet_value(
    request: Request, repository: Repository, query: ListQuery, name: str, value: Any, count: int
) -> FacetValue:
    catalog = repository.catalog
    codes = catalog.labels.get(VOCABULARIES.get(name, name), {})
    titles = catalog.titles(name, query.notice or catalog.default)
    label, label_en = codes.get(value) or titles.get(value) or (None, None)
    parameters = [pair for pair in request.query_params.multi_items() if pair[0] != name]
    path = route_path(request.scope).removesuffix("/facets")
    url = address(request.scope, path, [*parameters, (name, value)])
    return FacetValue(value=value, label=label, label_en=label_en, count=count, url=url)

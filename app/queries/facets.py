"""Facets: how many records of a collection have each value, under the same filters."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, Field

from app.database.select import Condition, Selection, equal
from app.http.links import address
from app.queries.filters import Conditions, met, present, within
from app.queries.pagination import ListQuery
from app.queries.reader import Reader


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
    reader: Reader,
    table: str,
    query: ListQuery,
    conditions: Conditions,
    columns: Mapping[str, str],
    arrays: Mapping[str, str] = MappingProxyType({}),
) -> Facets:
    """Count the rows by each of the columns, and by what each of the columns that hold arrays holds."""
    chosen = reader.select(table, query.notice)
    facets = {}
    for name, column in {**columns, **arrays}.items():
        others = chosen.where(*met(conditions, name))
        counted = _counted(reader, others, column) if name in columns else _counted_items(reader, others, column)
        facets[name] = [_value(reader, query, name, *pair) for pair in sorted(counted, key=lambda p: (-p[1], p[0]))]
    return Facets(total=reader.count(chosen.where(*met(conditions))), facets=facets)


def _counted(reader: Reader, chosen: Selection, column: str) -> list[Any]:
    there = chosen.where(present(column, True))
    return reader.database.fetch(f"{there.unordered(f'{column}, count(*)')} group by {column}", there.values)


def _counted_items(reader: Reader, chosen: Selection, column: str) -> list[Any]:
    labels = Selection("issue_label", (equal("field", column),))
    if chosen.conditions:
        labels = labels.where(within("record", Condition(chosen.unordered("rowid"), tuple(chosen.values))))
    return reader.database.fetch(f"{labels.unordered('code, count(*)')} group by code", labels.values)


def _value(reader: Reader, query: ListQuery, name: str, value: Any, count: int) -> FacetValue:
    label, label_en = reader.label(name, value, query.notice)
    given = reader.request.query_params.multi_items()
    parameters = [pair for pair in given if pair[0] != name]
    path = reader.request.scope["path"].removesuffix("/facets")
    url = address(reader.request.scope, path, [*parameters, (name, value)])
    return FacetValue(value=value, label=label, label_en=label_en, count=count, url=url)

"""Facets: how many records of a collection have each value, under the same filters."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import true
from sqlmodel import func

from app.addresses import address
from app.filters import Conditions, met
from app.pagination import ListQuery
from app.reader import Reader


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
    row: Any,
    query: ListQuery,
    conditions: Conditions,
    columns: Mapping[str, Any],
    arrays: Mapping[str, Any] = MappingProxyType({}),
) -> Facets:
    """Count the rows by each of the columns, and by what each of the columns that hold arrays holds."""
    chosen = reader.select(row, query.notice)
    facets = {}
    for name, column in {**columns, **arrays}.items():
        statement = chosen.where(*met(conditions, name))
        if name in arrays:
            items = func.json_each(column).table_valued("value")
            statement, column = statement.join(items, true()), items.c.value
        counts = statement.with_only_columns(column, func.count()).group_by(column).order_by(None)
        counted = [(value, count) for value, count in reader.session.connection().execute(counts) if value is not None]
        facets[name] = [
            _value(reader, query, name, *pair) for pair in sorted(counted, key=lambda pair: (-pair[1], pair[0]))
        ]
    return Facets(total=reader.count(chosen.where(*met(conditions))), facets=facets)


def _value(reader: Reader, query: ListQuery, name: str, value: Any, count: int) -> FacetValue:
    label, label_en = reader.label(name, value, query.notice)
    given = reader.request.query_params.multi_items()
    parameters = [pair for pair in given if pair[0] != name]
    path = reader.request.scope["path"].removesuffix("/facets")
    url = address(reader.request.scope, path, [*parameters, (name, value)])
    return FacetValue(value=value, label=label, label_en=label_en, count=count, url=url)

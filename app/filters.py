"""Filters and order: the parameters of collections, each given to the database as one condition."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema
from sqlalchemy import ColumnElement, tuple_
from sqlmodel import func, select

from app.locating import LONGEST as LONGEST_QUOTATION
from app.search import LONGEST, PATTERN, found

_LARGEST = 999_999

# Several values of one parameter are alternatives; parameters are all met together.
Issues = list[Annotated[int, Field(ge=1, le=_LARGEST, json_schema_extra={"x-among": "issues"})]]
Categories = list[Annotated[int, Field(ge=1, le=_LARGEST, json_schema_extra={"x-among": "categories"})]]
Sections = list[Annotated[str, Field(json_schema_extra={"x-among": "sections"})]]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=PATTERN)]
# Pasted text may run over lines.
_OVER_LINES = PATTERN.replace(r"\x00-\x1f", r"\x00-\x08\x0e-\x1f")
Quotation = Annotated[str, Field(min_length=1, max_length=LONGEST_QUOTATION, pattern=_OVER_LINES)]

SORTING = "The order; `-` before a key for descending, several keys one after another; then the notice's own order."

Condition = ColumnElement[bool] | None
# By the parameter's name, so that a facet can leave out its own.
Conditions = Mapping[str, Condition]


def met(conditions: Conditions, but: str | None = None) -> list[ColumnElement[bool]]:
    """The conditions that are there, but for that of one parameter."""
    return [condition for name, condition in conditions.items() if condition is not None and name != but]


def sort_keys(columns: Mapping[str, Any]) -> Any:
    """The values of a `sort` parameter over these columns."""
    return WithJsonSchema({"type": "string", "enum": [sign + name for name in columns for sign in ("", "-")]})


def order(keys: Sequence[str], columns: Mapping[str, Any]) -> list[ColumnElement[Any]]:
    """The clauses of a `sort` parameter, `-` for descending; nothing stated comes last either way.

    Only the first mention of a key counts: it leaves no ties for another to decide.
    """
    falling: dict[str, bool] = {}
    for key in keys:
        falling.setdefault(key.removeprefix("-"), key.startswith("-"))
    ordered = [columns[name].desc() if down else columns[name].asc() for name, down in falling.items()]
    return [column.nulls_last() for column in ordered]


def among(column: Any, values: Sequence[Any]) -> Condition:
    """Any of the values; no condition where none is given."""
    return column.in_(set(values)) if values else None


def holding(array: Any, values: Sequence[Any]) -> Condition:
    """Any of the values in a column that holds a JSON array."""
    if not values:
        return None
    items = func.json_each(array).table_valued("value")
    return select(items.c.value).where(items.c.value.in_(set(values))).exists()


def present(column: Any, wanted: bool | None) -> Condition:
    """Whether there is anything in a column."""
    if wanted is None:
        return None
    condition: ColumnElement[bool] = column.is_not(None) if wanted else column.is_(None)
    return condition


def above_zero(count: Any, wanted: bool | None) -> Condition:
    """Whether there are any of what a column counts."""
    if wanted is None:
        return None
    condition: ColumnElement[bool] = count > 0 if wanted else count == 0
    return condition


def worded(type: str, notice: Any, key: Any, query: str | None) -> Condition:
    """Every word of a query within the record."""
    return None if query is None else tuple_(notice, key).in_(found(type, key, query))

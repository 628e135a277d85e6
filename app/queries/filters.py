"""Filters and order: the parameters of collections, each given to the database as one condition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from app.database.select import Condition, marks
from app.queries.quotations import LONGEST as LONGEST_QUOTATION
from app.queries.search import LONGEST, PATTERN, found

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


@dataclass(frozen=True)
class Scope:
    """The notice that is asked about, and the first and last of its passages; of all, neither."""

    notice: str | None = None
    passages: tuple[int, int] | None = None


# By the parameter's name, so that a facet can leave out its own.
Conditions = Mapping[str, Condition | None]


def met(conditions: Conditions, but: str | None = None) -> list[Condition]:
    """The conditions that are there, but for that of one parameter."""
    return [condition for name, condition in conditions.items() if condition is not None and name != but]


def sort_keys(columns: Iterable[str]) -> Any:
    """The values of a `sort` parameter over these columns."""
    return WithJsonSchema({"type": "string", "enum": [sign + name for name in columns for sign in ("", "-")]})


def order(keys: Sequence[str], columns: Mapping[str, str]) -> list[str]:
    """The clauses of a `sort` parameter, `-` for descending; nothing stated comes last either way.

    Only the first mention of a key counts: it leaves no ties for another to decide.
    """
    falling: dict[str, bool] = {}
    for key in keys:
        falling.setdefault(key.removeprefix("-"), key.startswith("-"))
    return [f"{columns[name]} {'desc' if down else 'asc'} nulls last" for name, down in falling.items()]


def among(column: str, values: Sequence[Any]) -> Condition | None:
    """Any of the values; no condition where none is given."""
    given = dict.fromkeys(values)
    return Condition(f"{column} in {marks(given)}", tuple(given)) if given else None


def holding(field: str, codes: Sequence[str], scope: Scope) -> Condition | None:
    """Any of the codes in a field of issues that holds several."""
    chosen = among("code", codes)
    if chosen is None:
        return None
    labelled = f"from issue_label where field = ? and {chosen.sql}"
    values = (field, *chosen.values)
    if scope.notice is None:  # the issues are found by their codes
        return Condition(f"rowid in (select record {labelled})", values)
    return Condition(f"exists (select 1 {labelled} and record = issue.rowid)", values)


def present(column: str, wanted: bool | None) -> Condition | None:
    """Whether there is anything in a column."""
    return None if wanted is None else Condition(f"{column} is {'not ' if wanted else ''}null")


def above_zero(count: str, wanted: bool | None) -> Condition | None:
    """Whether there are any of what a column counts."""
    return None if wanted is None else Condition(f"{count} > 0" if wanted else f"{count} = 0")


def worded(type: str, query: str | None, scope: Scope) -> Condition | None:
    """Every word of a query within the record."""
    return None if query is None else within("rowid", found(type, query, scope.passages))


def within(column: str, subquery: Condition) -> Condition:
    """Any of what another statement selects."""
    return Condition(f"{column} in ({subquery.sql})", subquery.values)

"""Selections: which rows of a table, in which order, as SQL with bound values."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

# Rows were put in by notice and, within one, in its own order; so this is the one order over all notices.
OWN_ORDER = "rowid"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row must meet; the SQL holds nothing that came from outside, only marks for the values."""

    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Some rows of a table."""

    table: str
    conditions: tuple[Condition, ...] = ()
    order: tuple[str, ...] = ()

    def where(self, *conditions: Condition | None) -> "Selection":
        """Those that meet these conditions too; what asks for nothing is None."""
        return replace(self, conditions=(*self.conditions, *filter(None, conditions)))

    def sql(self, columns: str) -> str:
        """The rows' columns, in order."""
        return f"{self.unordered(columns)} order by {', '.join((*self.order, OWN_ORDER))}"

    def part(self, column: str) -> str:
        """A column of a part of the rows; takes its limit and offset. What is long is read of that part alone."""
        rows = f"{self.sql('rowid as place')} limit ? offset ?"
        return f"select {column} from ({rows}) cross join {self.table} on {self.table}.rowid = place"

    def unordered(self, columns: str) -> str:
        """The same in any order, to count or to group."""
        met = " and ".join(condition.sql for condition in self.conditions)
        return f"select {columns} from {self.table}" + (f" where {met}" if met else "")

    @property
    def values(self) -> list[Any]:
        return [value for condition in self.conditions for value in condition.values]


def marks(values: Iterable[Any]) -> str:
    """A bracketed list of as many marks as there are values."""
    return f"({', '.join('?' for _ in values)})"


def equal(column: str, value: Any) -> Condition:
    return Condition(f"{column} = ?", (value,))

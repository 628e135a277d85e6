"""WHERE clauses: each an expression of SQLAlchemy and the values that are bound to it."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

Column = ColumnElement[Any]
Condition = ColumnElement[bool]
Bound = BindParameter[Any]

ClauseShape = tuple[Callable[..., Condition], tuple[Hashable, ...], int]

T = TypeVar("T")


class place_of(GenericFunction[int]):  # the name of a function in SQL
    """The place of a text in another, from 1 on; 0 if it is not there."""

    type = Integer()
    inherit_cache = True


@compiles(place_of, "sqlite")
def _place_in_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"instr{compiler.process(element.clause_expr, **options)}"


@compiles(place_of, "postgresql")
def _place_in_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"strpos{compiler.process(element.clause_expr, **options)}"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as `build` makes it from `arguments` and one bind parameter for each of the values.

    Clauses of one function, the same arguments and as many values are compiled once, so `build` is always a function of
    a module, never one that is made for the occasion.
    """

    build: Callable[..., Condition]
    arguments: tuple[Hashable, ...] = ()
    values: tuple[Any, ...] = ()

    @property
    def shape(self) -> "ClauseShape":
        """The clause without its values, as a key."""
        return self.build, self.arguments, len(self.values)


def equal(column: Column, value: Any) -> Clause:
    """Match rows in which the column has the value."""
    return Clause(_equal, (column,), (value,))


def between(column: Column, first: int, last: int) -> Clause:
    """Match rows in which the column is one of two numbers or between them."""
    return Clause(_between, (column,), (first, last))


def in_(column: Column, values: Iterable[Any]) -> Clause:
    """Match rows in which the column has any of the values, of which there is at least one."""
    return Clause(_in, (column,), padded(list(dict.fromkeys(values))))


def padded(values: Sequence[T]) -> tuple[T, ...]:
    """Return values with the last one repeated up to a power of two, so that clauses have few different shapes."""
    size = 1 << (len(values) - 1).bit_length()
    return (*values, *[values[-1]] * (size - len(values)))


def is_null(column: Column, wanted: bool) -> Clause:
    """Match rows in which the column is null, or is not."""
    return Clause(_is_null, (column, wanted))


def above_zero(column: Column, wanted: bool) -> Clause:
    """Match rows in which the column counts something, or nothing."""
    return Clause(_above_zero, (column, wanted))


def _equal(column: Column, value: Bound) -> Condition:
    return column == value


def _between(column: Column, first: Bound, last: Bound) -> Condition:
    return column.between(first, last)


def _in(column: Column, *values: Bound) -> Condition:
    return column.in_(values)


def _is_null(column: Column, wanted: bool) -> Condition:
    return column.is_(None) if wanted else column.is_not(None)


def _above_zero(column: Column, wanted: bool) -> Condition:
    return column > 0 if wanted else column == 0

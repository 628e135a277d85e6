"""SELECT statements of SQLAlchemy, compiled once for every shape and run with new values.

Building a statement out of SQLAlchemy's constructs and compiling it takes several times as long as SQLite takes to
answer it. So a `Select` only notes what is to be built. Statements that differ in nothing but their values have one
shape, and the SQL of a shape is built and compiled at its first use.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import count, islice
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import Dialect, Integer, Table, bindparam, func, inspect, literal_column
from sqlmodel import SQLModel

from app.database.clauses import Bound, Clause, ClauseShape, Column, Condition

Row = tuple[Any, ...]
Order = tuple[Column, bool]  # a column, and whether descending

_SHAPES = 2000  # statements whose SQL is kept in memory


class Shape(NamedTuple):
    """All of a select but its values."""

    table: Table
    clauses: tuple[ClauseShape, ...]
    order: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Select:
    """Rows of a table under WHERE clauses. Every order ends with the rows' own: by notice, then as printed."""

    table: Table
    clauses: tuple[Clause, ...] = ()
    order: tuple[Order, ...] = ()

    def where(self, *clauses: Clause) -> "Select":
        """Return the select with further clauses."""
        return replace(self, clauses=(*self.clauses, *clauses))

    def order_by(self, *order: Order) -> "Select":
        """Return the select in another order; rows that are equal in it keep their own."""
        return replace(self, order=order)

    @property
    def shape(self) -> Shape:
        """The select without its values, as a key."""
        return Shape(self.table, tuple(clause.shape for clause in self.clauses), self.order)

    @property
    def values(self) -> tuple[Any, ...]:
        """The values of all clauses, in their order."""
        return tuple(value for clause in self.clauses for value in clause.values)


# The statements that are made of a shape. Each takes some columns, and bind parameters as it needs them.
Parameters = Iterator[Bound]
Build = Callable[[Shape, tuple[Column, ...], Parameters], sqlalchemy.Select[Any]]


def rows(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Select the columns of every row, in order."""
    return unordered(shape, columns, parameters).order_by(*_ordering(shape))


def unordered(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Select the columns of every row, in any order."""
    conditions = [build(*arguments, *islice(parameters, size)) for build, arguments, size in shape.clauses]
    return sqlalchemy.select(*columns).select_from(shape.table).where(*conditions)


def page(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Select the columns of some rows; the last two values are the limit and the offset.

    The rows are found by themselves first, so that long columns are read of these alone.
    """
    row = rowid(shape.table)
    found = rows(shape, (row,), parameters).limit(next(parameters)).offset(next(parameters))
    return sqlalchemy.select(*columns).where(row.in_(found)).order_by(*_ordering(shape))


def total(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Count the rows; takes no columns."""
    return unordered(shape, (*columns, func.count()), parameters)


def totals(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Count the rows by the values of the columns."""
    return unordered(shape, (*columns, func.count()), parameters).group_by(*columns)


def distinct(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Select the different values of the columns, each where it comes first."""
    return unordered(shape, columns, parameters).group_by(*columns).order_by(func.min(rowid(shape.table)))


def in_select(column: Column, select: Select, selected: Column) -> Clause:
    """Match rows in which the column has a value that another select finds in one of its columns."""
    return Clause(_in_select, (column, select.shape, selected), select.values)


@cache  # a column equals itself alone, so a new one would be a new shape
def rowid(table: Table) -> Column:
    """Return the column that is SQLite's own key. Rows are inserted in the notices' order, so it is an order too."""
    return literal_column(f"{table.name}.rowid", Integer)


@cache
def table_of(model: type[SQLModel]) -> Table:
    """Return the table of a row model, which is mapped itself or by its one subclass."""
    table: Table = inspect(next(iter(model.__subclasses__()), model)).local_table
    return table


class Statement(NamedTuple):
    """SQL whose n-th placeholder takes the value at `positions[n]` of those given, followed by the `constants`."""

    sql: str
    positions: tuple[int, ...]
    constants: tuple[Any, ...]

    def arrange(self, values: Sequence[Any]) -> list[Any]:
        """Return the values in the order of the placeholders."""
        pool = (*values, *self.constants)
        return [pool[position] for position in self.positions]


@lru_cache(_SHAPES)
def compile_statement(build: Build, shape: Shape, columns: tuple[Column, ...], dialect: Dialect) -> Statement:
    """Return a statement's SQL in a dialect with positional placeholders."""
    parameters: Parameters = (bindparam(str(n)) for n in count())
    compiled: Any = build(shape, columns, parameters).compile(dialect=dialect)
    names: list[str] = compiled.positiontup
    # SQLAlchemy names the values that stand in expressions after their columns.
    constants = [name for name in names if not name.isdigit()]
    given = len({name for name in names if name.isdigit()})  # each once, though it may stand in two places
    positions = tuple(int(name) if name.isdigit() else given + constants.index(name) for name in names)
    return Statement(str(compiled), positions, tuple(compiled.params[name] for name in constants))


def _ordering(shape: Shape) -> list[Column]:
    directed = [column.desc().nulls_last() if down else column.asc().nulls_last() for column, down in shape.order]
    return [*directed, rowid(shape.table)]


def _in_select(column: Column, shape: Shape, selected: Column, *values: Bound) -> Condition:
    return column.in_(unordered(shape, (selected,), iter(values)))

"""SELECT statements: a table, WHERE clauses and an order, each noted down so that what they share is compiled once.

Building a statement out of SQLAlchemy's constructs and compiling it takes several times as long as SQLite takes to
answer it. So a `Select` only notes what is to be built. Statements that differ in nothing but their values have one
shape, and `app/database/statements.py` compiles the SQL of a shape at its first use.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import sqlalchemy
from sqlalchemy import BigInteger, BindParameter, ColumnElement, Table, TableClause, inspect, literal_column
from sqlmodel import SQLModel

from app.models.notice import ROWS, Notice, NoticeRow
from app.models.record import Record

Row = tuple[Any, ...]
Column = ColumnElement[Any]
Condition = ColumnElement[bool]
Bound = BindParameter[Any]
Parameters = Iterator[Bound]
Order = tuple[Column, bool]  # a column, and whether descending
Model = type[Record] | type[Notice]
From = Table | TableClause

ALL = "all"  # the value of a `notice` parameter that asks for the records of every notice

T = TypeVar("T")

# A field and some of its values, as texts: records that have any of them.
Alternatives = tuple[str, tuple[str, ...]]
ClauseShape = tuple[Callable[..., Condition], tuple[Hashable, ...], int]


@dataclass(frozen=True, slots=True)
class Clause:
    """A WHERE clause as `build` makes it from `arguments` and one bind parameter for each of the values.

    Clauses of one function, the same arguments and as many values are compiled once, so `build` is always a function of
    a module, never one that is made for the occasion. `alternatives` says the same of the records, where it can.
    """

    build: Callable[..., Condition]
    arguments: tuple[Hashable, ...] = ()
    values: tuple[Any, ...] = ()
    alternatives: Alternatives | None = None

    @property
    def shape(self) -> ClauseShape:
        """The clause without its values, as a key."""
        return self.build, self.arguments, len(self.values)


class Shape(NamedTuple):
    """All of a select but its values."""

    table: From
    clauses: tuple[ClauseShape, ...]
    order: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Select:
    """Rows of a table under WHERE clauses. Every order ends with the rows' own: by notice, then as printed.

    `model` is there where they are records of all notices.
    """

    table: From
    clauses: tuple[Clause, ...] = ()
    order: tuple[Order, ...] = ()
    model: type[Record] | None = None

    @classmethod
    def rows(cls, table: Table, notice: str) -> "Select":
        """Select the rows of a notice, or of all."""
        return cls(table, () if notice == ALL else (Clause(_of_notice, (table,), (notice,)),))

    @classmethod
    def records(cls, model: Model, notice: str = ALL) -> "Select":
        """Select the records of a notice, or of all; of notices, all."""
        table = table_of(model.row)
        if issubclass(model, Notice):
            return cls(table)
        rows = cls(table, model=model) if notice == ALL else cls.rows(table, notice)
        return rows.where(*[equal(table.c[name], value) for name, value in model.only.items()])

    def where(self, *clauses: Clause) -> "Select":
        """Return the select with further clauses."""
        return Select(self.table, (*self.clauses, *clauses), self.order, self.model)

    def order_by(self, *order: Order) -> "Select":
        """Return the select in another order; rows that are equal in it keep their own."""
        return Select(self.table, self.clauses, order, self.model)

    @property
    def shape(self) -> Shape:
        """The select without its values, as a key."""
        return Shape(self.table, tuple([clause.shape for clause in self.clauses]), self.order)

    @property
    def values(self) -> tuple[Any, ...]:
        """The values of all clauses, in their order."""
        return tuple([value for clause in self.clauses for value in clause.values])


@cache
def table_of(model: type[SQLModel]) -> Table:
    """Return the table of a row model, which is mapped itself or by its one subclass."""
    table: Table = inspect(next(iter(model.__subclasses__()), model)).local_table
    return table


@cache  # a column equals itself alone, so a new one would be a new shape
def rowid(table: From) -> Column:
    """Return the column that is SQLite's own key. Rows are inserted in the notices' order, so it is an order too."""
    return literal_column(f"{table.name}.rowid", BigInteger)


def row_numbers(table: Table, position: int) -> tuple[int, int]:
    """Return the numbers of the first and the last row that the n-th notice, from 0, may have in a table."""
    size = table.info.get("rows", ROWS)
    return position * size + 1, (position + 1) * size


def equal(column: Column, value: Any) -> Clause:
    """Match rows in which the column has the value."""
    return Clause(_equal, (column,), (value,))


def in_(column: Column, values: Iterable[Any]) -> Clause:
    """Match rows in which the column has any of the values, of which there is at least one."""
    different = list(dict.fromkeys(values))
    return Clause(_in, (column,), padded(different), (str(column.key), tuple(map(str, different))))


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


def in_select(column: Column, select: Select, selected: Column) -> Clause:
    """Match rows in which the column has a value that another select finds in one of its columns."""
    return Clause(_in_select, (column, select.shape, selected), select.values)


def unordered(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Build the statement that selects the columns of every row, in any order."""
    conditions = [build(*arguments, *islice(parameters, size)) for build, arguments, size in shape.clauses]
    return sqlalchemy.select(*columns).select_from(shape.table).where(*conditions)


def _of_notice(table: Table, notice: Bound) -> Condition:
    # A range of numbers is read without an index, and in order; the column leads to the indexes for counting.
    of, (_, size) = table_of(NoticeRow), row_numbers(table, 0)
    before = sqlalchemy.select(of.c.position * literal_column(str(size))).where(of.c.slug == notice).scalar_subquery()
    numbers = (rowid(table) > before, rowid(table) <= before + literal_column(str(size)))
    return sqlalchemy.and_(table.c.notice == notice, *numbers)


def _equal(column: Column, value: Bound) -> Condition:
    return column == value


def _in(column: Column, *values: Bound) -> Condition:
    return column.in_(values)


def _is_null(column: Column, wanted: bool) -> Condition:
    return column.is_(None) if wanted else column.is_not(None)


def _above_zero(column: Column, wanted: bool) -> Condition:
    return column > 0 if wanted else column == 0


def _in_select(column: Column, shape: Shape, selected: Column, *values: Bound) -> Condition:
    return column.in_(unordered(shape, (selected,), iter(values)))

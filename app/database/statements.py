"""The SQL of selects, compiled once for every shape and run with new values."""

from collections.abc import Callable
from functools import lru_cache, partial
from itertools import count
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import Dialect, Integer, String, bindparam, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from app.database.select import Column, Parameters, Shape, rowid, unordered

_SHAPES = 2000  # statements whose SQL is kept in memory

# The statements that are made of a shape. Each takes some columns, and bind parameters as it needs them.
Build = Callable[[Shape, tuple[Column, ...], Parameters], sqlalchemy.Select[Any]]


def rows(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Select the columns of every row, in order."""
    return unordered(shape, columns, parameters).order_by(*_ordering(shape))


def page(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Select the columns of some rows; the last two values are the limit and the offset.

    The rows are found by themselves first, so that long columns are read of these alone.
    """
    row = rowid(shape.table)
    found = rows(shape, (row,), parameters).limit(next(parameters)).offset(next(parameters))
    return sqlalchemy.select(*columns).where(row.in_(found)).order_by(*_ordering(shape))


def totals(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Count the rows by the values of the columns; all of them where it takes none."""
    return unordered(shape, (*columns, func.count()), parameters).group_by(*columns)


def distinct(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    """Select the different values of the columns, each where it comes first."""
    return unordered(shape, columns, parameters).group_by(*columns).order_by(func.min(rowid(shape.table)))


def _ordering(shape: Shape) -> list[Column]:
    directed = [column.desc().nulls_last() if down else column.asc().nulls_last() for column, down in shape.order]
    return [*directed, rowid(shape.table)]


class Statement(NamedTuple):
    """SQL whose n-th placeholder takes the value at `positions[n]` of those given, followed by the `constants`."""

    sql: str
    positions: tuple[int, ...]
    constants: tuple[Any, ...]


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


# Functions that the databases have under different names; SQLAlchemy knows a function by the name of its class.
class place_of(GenericFunction[int]):
    """The place of a text in another, from 1 on; 0 if it is not there."""

    type = Integer()
    inherit_cache = True


class joined(GenericFunction[str]):
    """The texts of all rows with another one between them."""

    type = String()
    inherit_cache = True


def _name(function: type[GenericFunction[Any]], **names: str) -> None:
    """Have a function compiled under its name in each dialect."""
    for dialect, name in names.items():
        compiles(function, dialect)(partial(_call, name))


def _call(name: str, element: Any, compiler: Any, **options: Any) -> str:
    return f"{name}{compiler.process(element.clause_expr, **options)}"


_name(place_of, sqlite="instr", postgresql="strpos")
_name(joined, sqlite="group_concat", postgresql="string_agg")

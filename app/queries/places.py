"""Filters by where documents and organizations stand, and by their names."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, and_, func, or_, select, tuple_

from app.database.clauses import Bound, Clause, Column, Condition, padded
from app.database.repository import NoticeScope
from app.database.select import table_of
from app.models.passage import fold
from app.models.place import PlaceRow
from app.queries.search import words

_PLACE = table_of(PlaceRow)


def stands_in_issues(type: str, table: Table, issues: Sequence[int], scope: NoticeScope) -> Clause | None:
    """Match documents or organizations that stand in any of the issues."""
    return _stands(type, table, _PLACE.c.issue_number, issues, scope)


def stands_in_statements(type: str, table: Table, statements: Sequence[str], scope: NoticeScope) -> Clause | None:
    """Match documents or organizations that stand in any of the clauses."""
    return _stands(type, table, _PLACE.c.statement_id, statements, scope)


def plays_parts(table: Table, parts: Sequence[str], scope: NoticeScope) -> Clause | None:
    """Match organizations that play any of the parts."""
    return _stands("organization", table, _PLACE.c.code, parts, scope)


def names(type: str, table: Table, ids: Sequence[str]) -> Clause | None:
    """Match statements in which any of some documents or organizations stand."""
    return Clause(_names, (table,), (type, *padded(list(dict.fromkeys(ids))))) if ids else None


def contains_words(columns: tuple[Column, Column], query: str | None) -> Clause | None:
    """Match rows in which each word of a query stands in the Chinese or in the English column."""
    return None if query is None else Clause(_contain, columns, tuple(fold(word) for word in words(query)))


def _stands(type: str, table: Table, column: Column, values: Sequence[Any], scope: NoticeScope) -> Clause | None:
    if not values:
        return None
    distinct = padded(list(dict.fromkeys(values)))
    if scope.notice is None:
        return Clause(_stand_in_any, (table, column), (type, *distinct))
    return Clause(_stand_in_one, (table, column), (type, scope.notice, *distinct))


def _stand_in_one(table: Table, column: Column, type: Bound, notice: Bound, *values: Bound) -> Condition:
    places = select(_PLACE.c.id).where(_PLACE.c.type == type, _PLACE.c.notice == notice, column.in_(values))
    return table.c.id.in_(places)


def _stand_in_any(table: Table, column: Column, type: Bound, *values: Bound) -> Condition:
    places = select(_PLACE.c.notice, _PLACE.c.id).where(_PLACE.c.type == type, column.in_(values))
    return tuple_(table.c.notice, table.c.id).in_(places)


def _names(table: Table, type: Bound, *ids: Bound) -> Condition:
    places = select(_PLACE.c.notice, _PLACE.c.statement_id).where(_PLACE.c.type == type, _PLACE.c.id.in_(ids))
    return tuple_(table.c.notice, table.c.id).in_(places)


def _contain(first: Column, second: Column, *values: Bound) -> Condition:
    return and_(*(or_(func.instr(first, word) > 0, func.instr(func.lower(second), word) > 0) for word in values))

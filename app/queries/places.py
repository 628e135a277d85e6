"""Filters by where documents and organizations stand, and by their names."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Table, and_, false, func, select, tuple_

from app.database.clauses import Bound, Clause, Column, Condition, padded
from app.database.repository import NoticeScope
from app.database.select import table_of
from app.models.place import PlaceRow
from app.queries.filters import Filter
from app.queries.search import words

_PLACE = table_of(PlaceRow)


def in_issues(type: str, table: Table) -> Filter:
    """Match documents or organizations that stand in any of the issues."""
    return lambda issues, scope: _stands(type, table, _PLACE.c.issue_number, issues, scope)


def in_statements(type: str, table: Table) -> Filter:
    """Match documents or organizations that stand in any of the clauses."""
    return lambda statements, scope: _stands(type, table, _PLACE.c.statement_id, statements, scope)


def plays(table: Table) -> Filter:
    """Match organizations that play any of the parts."""
    return lambda parts, scope: _stands("organization", table, _PLACE.c.code, parts, scope)


def names(type: str, statement: Table) -> Filter:
    """Match statements in which any of some documents or organizations stand."""

    return lambda ids, _: Clause(_names, (statement,), (type, *padded(list(dict.fromkeys(ids)))))


def named(table: Table) -> Filter:
    """Match documents or organizations of which every word of a query stands in the name, Chinese or English."""

    return lambda query, _: Clause(_contain, (table.c.name, table.c.name_en), tuple(chain(*words(query))))


def _stands(type: str, table: Table, column: Column, values: Sequence[Any], scope: NoticeScope) -> Clause:
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


def _contain(name: Column, name_en: Column, *forms: Bound) -> Condition:
    """Both forms of a word follow one another."""
    words = zip(forms[::2], forms[1::2], strict=True)
    return and_(*(_holds(name, *word) | _holds(func.lower(name_en), *word) for word in words)) if forms else false()


def _holds(text: Column, form: Bound, simplified: Bound) -> Condition:
    return (func.instr(text, form) > 0) | (func.instr(text, simplified) > 0)

"""Filters by where documents and organizations stand, and by their names."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, and_, or_, select, tuple_

from app.database.catalog import NoticeScope
from app.database.select import ALL, Bound, Clause, Column, Condition, padded, table_of
from app.database.statements import place_of
from app.models.place import PlaceRow
from app.queries.filters import Filter
from app.queries.search import english_form, words

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

    return lambda query, _: Clause(_contain, (table.c.folded, table.c.folded_en), tuple(_forms(query)))


def _forms(query: str) -> Iterator[str | None]:
    """Yield three values for each word: its two forms in Chinese, and that in English or None."""
    for word, simplified in words(query):
        yield from (word, simplified, english_form(word))


def _stands(type: str, table: Table, column: Column, values: Sequence[Any], scope: NoticeScope) -> Clause:
    distinct = padded(list(dict.fromkeys(values)))
    if scope.notice == ALL:
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
    """Match names that contain any form of every word, where three forms follow one another for each."""
    columns = (name, name, name_en)
    found = [
        or_(*(place_of(*pair) > 0 for pair in zip(columns, forms[start : start + 3], strict=True)))
        for start in range(0, len(forms), 3)
    ]
    return and_(*found)

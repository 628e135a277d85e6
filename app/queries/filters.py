"""Filters and order: the parameters of collections, and the clauses that they become.

A collection lists its filters by parameter. Only the parameters that a query gives are looked at; several values of one
parameter are alternatives, and different parameters must all be met.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import ValidationInfo
from sqlalchemy import Table, select, tuple_

from app.database.catalog import NoticeScope
from app.database.repository import Repository
from app.database.select import (
    ALL,
    Bound,
    Clause,
    Column,
    Condition,
    Model,
    Order,
    Select,
    above_zero,
    equal,
    in_,
    in_select,
    is_null,
    rowid,
    table_of,
)
from app.http.parameters import Choice, Code, Flag, Key, Text
from app.models.issue import IssueLabelRow, IssueRow
from app.queries.query import ListQuery
from app.queries.search import LONGEST_WORDS, records_with_words, words

Issues = list[Annotated[int, Key("issues", int)]]
Categories = list[Annotated[int, Key("categories", int)]]
Sections = list[Annotated[str, Key("sections")]]
Topics = list[Annotated[str, Code("topic")]]


@dataclass(frozen=True)
class _Words(Text):
    """Words to look for, of which something is left when invisible characters are dropped."""

    def parse(self, value: str, info: ValidationInfo) -> str:
        if not words(super().parse(value, info)):
            raise self.error()
        return value


Words = Annotated[str, _Words(LONGEST_WORDS)]
YesNo = Annotated[bool, Flag()]

# Makes the clause of a parameter from the value that is given for it.
Filter = Callable[[Any, NoticeScope], Clause]
Filters = Mapping[str, Filter]

SORTING = "The order; `-` before a key for descending, several keys one after another; then the notice's own order."

_ISSUE, _LABEL = table_of(IssueRow), table_of(IssueLabelRow)


def select_records(
    model: Model, filters: Filters, sorts: Mapping[str, Column], query: ListQuery, repository: Repository
) -> Select:
    """Select the records of a model that a query asks for, in its order."""
    clauses = where(filters, query, NoticeScope(query.notice, repository.catalog))
    return Select.records(model, query.notice).where(*clauses).order_by(*order_by(getattr(query, "sort", ()), sorts))


def where(filters: Filters, query: ListQuery, scope: NoticeScope, without: str | None = None) -> list[Clause]:
    """Return the clauses of the parameters that a query gives, but for one of them."""
    given = ((name, getattr(query, name)) for name in filters if name != without)
    return [filters[name](value, scope) for name, value in given if value is not None and value != []]


def sort_keys(component: str, columns: Iterable[str]) -> Choice:
    """Return the values of a `sort` parameter over these columns."""
    return Choice(component, tuple(sign + name for name in columns for sign in ("", "-")))


def order_by(keys: Sequence[str], columns: Mapping[str, Column]) -> list[Order]:
    """Return the order of a `sort` parameter. A key that is given again changes nothing: it has left no ties."""
    descending: dict[str, bool] = {}
    for key in keys:
        descending.setdefault(key.removeprefix("-"), key.startswith("-"))
    return [(columns[name], down) for name, down in descending.items()]


def any_of(column: Column) -> Filter:
    """Match records in which the column has any of the values."""
    return lambda values, _: in_(column, values)


def stated(column: Column) -> Filter:
    """Match records in which the column has a value (true), or none (false)."""
    return lambda wanted, _: is_null(column, not wanted)


def counts_any(column: Column) -> Filter:
    """Match records of which the column counts something (true), or nothing (false)."""
    return lambda wanted, _: above_zero(column, wanted)


def holds(type: str, table: Table) -> Filter:
    """Match records of a type that hold every word of a query."""
    row = rowid(table)
    return lambda query, scope: in_select(row, *records_with_words(type, query, scope))


def labelled(field: str) -> Filter:
    """Match issues that have any of the codes in a field that holds several."""
    return lambda codes, scope: _has_label(field, codes, scope)


def of_topics(notice: Column, issue: Column) -> Filter:
    """Match records whose issue is filed under any of the topics."""

    def build(topics: Sequence[str], scope: NoticeScope) -> Clause:
        label = _has_label("topics", topics, scope)
        if scope.notice == ALL:
            return Clause(_in_issue_rows, (notice, issue), label.values, label.alternatives)
        issues = Select(_ISSUE).where(equal(_ISSUE.c.notice, scope.notice), label)
        return in_select(issue, issues, _ISSUE.c.number)

    return build


def _has_label(field: str, codes: Sequence[str], scope: NoticeScope) -> Clause:
    if scope.notice == ALL:
        having = Select(_LABEL).where(equal(_LABEL.c.field, field), in_(_LABEL.c.code, codes))
        return replace(
            in_select(rowid(_ISSUE), having, _LABEL.c.record), alternatives=(field, tuple(dict.fromkeys(codes)))
        )
    return Clause(_labels_exist, (), (field, *dict.fromkeys(codes)))


def _labels_exist(field: Bound, *codes: Bound) -> Condition:
    """The shorter way where one notice's issues are looked through: by the labels of each."""
    labels = _LABEL.select().where(_LABEL.c.field == field, _LABEL.c.code.in_(codes), _LABEL.c.record == rowid(_ISSUE))
    return labels.exists()


def _in_issue_rows(notice: Column, issue: Column, field: Bound, *codes: Bound) -> Condition:
    labels = select(_LABEL.c.record).where(_LABEL.c.field == field, _LABEL.c.code.in_(codes))
    rows = select(_ISSUE.c.notice, _ISSUE.c.number).where(rowid(_ISSUE).in_(labels))
    return tuple_(notice, issue).in_(rows)

"""Filters and order: what the parameters of collections have in common, and the clauses that they become."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from sqlalchemy import select, tuple_

from app.database.clauses import Bound, Clause, Column, Condition, equal, in_
from app.database.repository import NoticeScope
from app.database.select import Order, Select, in_select, rowid, table_of
from app.http.parameters import Choice, Code, Flag, Key, Text
from app.models.issue import IssueLabelRow, IssueRow
from app.queries.search import LONGEST_WORDS, records_with_words

# Several values of one parameter are alternatives; different parameters must all be met.
Issues = list[Annotated[int, Key("issues", int)]]
Categories = list[Annotated[int, Key("categories", int)]]
Sections = list[Annotated[str, Key("sections")]]
Topics = list[Annotated[str, Code("topic")]]
Words = Annotated[str, Text(LONGEST_WORDS)]
YesNo = Annotated[bool, Flag()]

# The clauses of a query by parameter, so that a facet can leave out its own; None where a parameter is not given.
Clauses = Mapping[str, Clause | None]

SORTING = "The order; `-` before a key for descending, several keys one after another; then the notice's own order."

_ISSUE, _LABEL = table_of(IssueRow), table_of(IssueLabelRow)


def sort_keys(component: str, columns: Iterable[str]) -> Choice:
    """Return the values of a `sort` parameter over these columns."""
    return Choice(component, tuple(sign + name for name in columns for sign in ("", "-")))


def order_by(keys: Sequence[str], columns: Mapping[str, Column]) -> list[Order]:
    """Return the order of a `sort` parameter. A key that is given again changes nothing: it has left no ties."""
    descending: dict[str, bool] = {}
    for key in keys:
        descending.setdefault(key.removeprefix("-"), key.startswith("-"))
    return [(columns[name], down) for name, down in descending.items()]


def has_words(type: str, id: Column, query: str | None, scope: NoticeScope) -> Clause | None:
    """Match records of a type that hold every word of a query."""
    return None if query is None else in_select(id, *records_with_words(type, query, scope))


def has_label(field: str, codes: Sequence[str], scope: NoticeScope) -> Clause | None:
    """Match issues that have any of the codes in a field that holds several."""
    if not codes:
        return None
    labelled = Select(_LABEL).where(equal(_LABEL.c.field, field), in_(_LABEL.c.code, codes))
    if scope.notice is None:
        return in_select(rowid(_ISSUE), labelled, _LABEL.c.record)
    return Clause(_has_label, (), (field, *dict.fromkeys(codes)))


def _has_label(field: Bound, *codes: Bound) -> Condition:
    """An issue's own labels, which is the shorter way where one notice's issues are looked through."""
    labels = _LABEL.select().where(_LABEL.c.field == field, _LABEL.c.code.in_(codes), _LABEL.c.record == rowid(_ISSUE))
    return labels.exists()


def of_topics(topics: Sequence[str], scope: NoticeScope, notice: Column, issue: Column) -> Clause | None:
    """Match records whose issue is filed under any of the topics."""
    labelled = has_label("topics", topics, scope)
    if labelled is None:
        return None
    if scope.notice is None:
        return Clause(_in_issue_rows, (notice, issue), labelled.values)
    issues = Select(_ISSUE).where(equal(_ISSUE.c.notice, scope.notice), labelled)
    return in_select(issue, issues, _ISSUE.c.number)


def _in_issue_rows(notice: Column, issue: Column, field: Bound, *codes: Bound) -> Condition:
    labels = select(_LABEL.c.record).where(_LABEL.c.field == field, _LABEL.c.code.in_(codes))
    rows = select(_ISSUE.c.notice, _ISSUE.c.number).where(rowid(_ISSUE).in_(labels))
    return tuple_(notice, issue).in_(rows)


def active(clauses: Clauses, without: str | None = None) -> list[Clause]:
    """Return the clauses of the parameters that are given, but for one of them."""
    return [clause for name, clause in clauses.items() if clause is not None and name != without]

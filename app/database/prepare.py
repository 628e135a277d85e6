"""Preparing a notice for a database: its rows, as the driver takes them, and the texts by which it is searched.

Notices are independent of one another: each has a range of row numbers of its own. So they can be prepared by several
processes at once, and one can be exchanged without the others.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel

from app.database.counts import Counts, count_records
from app.database.errors import DatabaseError
from app.database.select import table_of
from app.database.serialize import serialize_notice
from app.models.decimal import format_json
from app.models.issue import LABELS, IssueLabelRow, IssueRow
from app.models.notice import ROWS
from app.models.passage import PASSAGES_OF_TYPE
from app.transcription.document import SourceDocument
from app.transcription.load.passages import passages
from app.transcription.load.rows import notice_rows, occurrence_rows

# Both databases take values in SQLite's form: dates, decimals and JSON as texts.
_DIALECT: Dialect = sqlite.dialect(json_serializer=format_json)

Values = tuple[Any, ...]


class Rows(NamedTuple):
    """Rows of one table: their numbers, None where the database gives them, and the values of all columns."""

    table: str
    rows: list[Values]


class Prepared(NamedTuple):
    """All of one notice; `texts` are the numbers of its passages, each with the folded texts that are indexed."""

    rows: list[Rows]
    texts: list[Values]
    counts: Counts


def prepare(document: SourceDocument, position: int) -> Prepared:
    """Return the rows of one notice, referenced tables before those that refer to them, and its passages.

    Raises `DatabaseError` where it has more rows of a kind than there are numbers for.
    """
    rows = [*notice_rows(document, position), *occurrence_rows(document)]
    serialize_notice(rows)
    numbered = list(_numbered(rows, position * ROWS + 1, document.slug))
    found = passages(numbered)
    if found and max(Counter((each.row.section_id, each.row.type) for each in found).values()) > PASSAGES_OF_TYPE:
        raise DatabaseError(f"{document.slug} has a section with more than {PASSAGES_OF_TYPE:,} records of a type")
    issues = [(number, row) for number, row in numbered if isinstance(row, IssueRow)]
    labels = [label for number, issue in issues for label in _labels(number, issue)]
    everything = [*numbered, *((None, label) for label in labels), *((p.row.rowid, p.row) for p in found)]
    texts = [(passage.row.rowid, *passage.texts.values()) for passage in found]
    return Prepared(to_values(everything), texts, count_records(rows))


def _numbered(rows: Iterable[SQLModel], first: int, slug: str) -> Iterator[tuple[int, SQLModel]]:
    """Yield rows with their numbers, from `first` on in each table."""
    counts: dict[type[SQLModel], int] = {}
    for row in rows:
        number = counts.get(type(row), 0)
        if number >= ROWS:
            raise DatabaseError(f"{slug} has more than {ROWS:,} rows of {table_of(type(row)).name}")
        counts[type(row)] = number + 1
        yield first + number, row


def _labels(record: int, issue: IssueRow) -> Iterator[IssueLabelRow]:
    for field in LABELS:
        yield from (IssueLabelRow(record=record, field=field, code=code) for code in getattr(issue, field))


def to_values(rows: Iterable[tuple[int | None, SQLModel]]) -> list[Rows]:
    """Return numbered rows as values, those of a table together, tables in the order in which they first come."""
    tables: dict[str, list[Values]] = defaultdict(list)
    for number, row in rows:
        table, get_values, processors = _columns(type(row))
        values = [number, *get_values(row.__dict__)]
        for n, process in processors:
            values[n] = process(values[n])
        tables[table].append(tuple(values))
    return [Rows(table, values) for table, values in tables.items()]


def is_numbered(table: Table) -> bool:
    """Return whether rows of a table have a number beside their columns."""
    return "rowid" not in table.columns and bool(table.dialect_options["sqlite"]["with_rowid"])


class _Columns(NamedTuple):
    """The table of a kind of row, what gets the values of its columns, and what makes the driver's value of the n-th.

    The number of a row comes before its values, so they are counted from 1.
    """

    table: str
    get_values: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    processors: list[tuple[int, Callable[[Any], Any]]]


@cache
def _columns(kind: type[SQLModel]) -> _Columns:
    table, fields = table_of(kind), {"class": "class_"}
    processors = [column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT) for column in table.columns]
    return _Columns(
        table.name,
        itemgetter(*(fields.get(column.name, column.name) for column in table.columns)),
        [(n, process) for n, process in enumerate(processors, 1) if process is not None],
    )

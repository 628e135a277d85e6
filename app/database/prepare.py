"""Preparing a notice for a database: its rows, as the driver takes them, and the texts by which it is searched.

Notices are independent of one another: each has a range of row numbers of its own. So they can be prepared by several
processes at once, and one can be exchanged without the others.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
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
from app.transcription.load.passages import Passage, passages
from app.transcription.load.rows import notice_rows, occurrence_rows

# Both databases take values in SQLite's form: dates, decimals and JSON as texts.
_DIALECT: Dialect = sqlite.dialect(json_serializer=format_json)

Values = tuple[Any, ...]


class Rows(NamedTuple):
    """Rows of one table: their numbers, None where the database gives them, and the values of all columns."""

    table: str
    rows: list[Values]


class Prepared(NamedTuple):
    """All of one notice."""

    rows: list[Rows]
    passages: list[Passage]
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
    return Prepared(to_values(everything), found, count_records(rows))


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
    tables: dict[str, Rows] = {}
    for number, row in rows:
        table, columns = _columns(type(row))
        fields = row.__dict__
        values = tuple(fields[name] if process is None else process(fields[name]) for name, process in columns)
        tables.setdefault(table.name, Rows(table.name, [])).rows.append((number, *values))
    return list(tables.values())


def is_numbered(table: Table) -> bool:
    """Return whether rows of a table have a number beside their columns."""
    return "rowid" not in table.columns and bool(table.dialect_options["sqlite"]["with_rowid"])


@cache
def _columns(kind: type[SQLModel]) -> tuple[Table, list[tuple[str, Callable[[Any], Any] | None]]]:
    """Return the table of a kind of row, and for each column the field and what makes the driver's value of it."""
    table = table_of(kind)
    fields = {"class": "class_"}
    processors = (column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT) for column in table.columns)
    return table, [(fields.get(c.name, c.name), process) for c, process in zip(table.columns, processors, strict=True)]

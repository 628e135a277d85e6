"""The SQLite file for people: the same tables, with one-column keys that lead from row to row, labels and views."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.formats.json_text import compact
from app.formats.table import Column, Record
from app.release.tables import REFERENCES, TABLES, ReleaseTable

VIEWS = Path(__file__).with_name("views.sql")
_TYPES = {"integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
# Codes whose vocabulary has the column's own name, because their arithmetic stands in code.
_NAMED = ("qualifier", "nature")

Records = Callable[[ReleaseTable], Iterable[Record]]


def write(path: Path, records: Records) -> None:
    """Write every table; `sqlite3.IntegrityError` if a reference leads nowhere."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("begin")
        _write_codes(connection, records)
        for table in TABLES:
            _write_table(connection, table, records(table))
        connection.executescript(VIEWS.read_text(encoding="utf-8"))
        if dangling := connection.execute("pragma foreign_key_check").fetchall():
            raise sqlite3.IntegrityError(f"references that lead nowhere: {dangling[:5]}")
        connection.execute("vacuum")


def vocabulary_of(column: Column) -> str | None:
    """The vocabulary, a table of its own, that a column's codes are of."""
    if column.kind == "list":
        return None
    return column.vocabulary or (column.name if column.name in _NAMED else None)


def _write_codes(connection: sqlite3.Connection, records: Records) -> None:
    """A table a vocabulary: a code is then a reference, and whoever follows it finds its label."""
    tables = {table.name: table for table in TABLES}
    for vocabulary in records(tables["vocabularies"]):
        connection.execute(
            f"create table {quoted(vocabulary['name'])} (code TEXT PRIMARY KEY, position INTEGER NOT NULL, "
            "zh TEXT NOT NULL, en TEXT NOT NULL, definition TEXT NOT NULL)"
        )
    for position, term in enumerate(records(tables["terms"]), 1):
        row = (term["code"], position, term["zh"], term["en"], term["definition"])
        connection.execute(f"insert into {quoted(term['vocabulary'])} values (?, ?, ?, ?, ?)", row)


def _write_table(connection: sqlite3.Connection, table: ReleaseTable, records: Iterable[Record]) -> None:
    name, lines = quoted(table.name), ",\n  ".join(_definitions(table))
    connection.execute(f"create table {name} (\n  {lines}\n)")
    for column in map(uid_column, table.references()):
        connection.execute(f"create index {quoted(f'{table.name}_{column}')} on {name} ({column})")
    for position, record in enumerate(records, 1):
        row = list(_cells(table, position, record))
        connection.execute(f"insert into {name} values ({', '.join('?' * len(row))})", row)


def uid_column(reference: str) -> str:
    """The column that holds the uid of what another names by its id or number."""
    return f"{reference.removesuffix('_id').removesuffix('_number')}_uid"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _definitions(table: ReleaseTable) -> Iterator[str]:
    if not table.column("uid"):
        yield "uid TEXT PRIMARY KEY"
    for column in table.columns:
        key = " PRIMARY KEY" if column.name == "uid" else "" if column.nullable else " NOT NULL"
        yield f"{quoted(column.name)} {_TYPES.get(column.kind, 'TEXT')}{key}{_reference(table, column)}"
        if referred := table.references().get(column.name):
            yield f"{uid_column(column.name)} TEXT REFERENCES {quoted(referred)} (uid)"
    yield "position INTEGER NOT NULL"
    yield f"UNIQUE ({', '.join(map(quoted, table.key))})"


def _reference(table: ReleaseTable, column: Column) -> str:
    if column.name == "notice" and table.name != "notices":
        return " REFERENCES notices (uid)"
    if column.name == "vocabulary":
        return " REFERENCES vocabularies (uid)"
    vocabulary = vocabulary_of(column)
    return f" REFERENCES {quoted(vocabulary)} (code)" if vocabulary else ""


def _cells(table: ReleaseTable, position: int, record: Record) -> Iterator[Any]:
    if not table.column("uid"):
        yield "/".join(str(record[name]) for name in table.key)
    for column in table.columns:
        value = record[column.name]
        yield _stored(value)
        if column.name in REFERENCES:
            yield None if value is None else f"{record['notice']}/{value}"
    yield position


def _stored(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return compact(value) if isinstance(value, list) else value

"""The SQLite file: the release's tables with keys of one column that lead from row to row, labels and views.

It can be opened by SQLite 3.28 of 2019 and later, so generated columns are not used.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.exports.table import Column, Record
from app.models.decimal import format_json
from app.release.records import Get, terms, vocabularies
from app.release.tables import TABLES, Reference, ReleaseTable, references, vocabulary_of

VIEWS = Path(__file__).with_name("views.sql")
_TYPES = {"integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
_SEPARATOR = ",\n  "


@dataclass(frozen=True)
class SQLiteColumn:
    """A column: its definition in SQL, and its value for a record that has its `position` among its fields."""

    name: str
    definition: str
    value: Callable[[Record], Any]


def write(path: Path, get: Get) -> None:
    """Write every table. Raise sqlite3.IntegrityError if a reference leads nowhere."""
    draft = path.with_name(f"{path.name}-draft")
    with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = off")
        connection.execute("begin")
        _write_vocabularies(connection, get)
        for table in TABLES:
            _write_table(connection, table, get)
        connection.executescript(VIEWS.read_text(encoding="utf-8"))
        if dangling := connection.execute("pragma foreign_key_check").fetchall():
            raise sqlite3.IntegrityError(f"references that lead nowhere: {dangling[:5]}")
        # `vacuum` alone needs a folder for temporary files, of which there is none where the disk is read-only.
        connection.execute("vacuum into ?", (str(path),))
    draft.unlink()


def _write_vocabularies(connection: sqlite3.Connection, get: Get) -> None:
    """Write a table for each vocabulary, so that a code is a reference that leads to its label."""
    for vocabulary in vocabularies(get):
        connection.execute(
            f"create table {quoted(vocabulary['name'])} (code TEXT PRIMARY KEY, position INTEGER NOT NULL, "
            "zh TEXT NOT NULL, en TEXT NOT NULL, definition TEXT NOT NULL)"
        )
    for position, term in enumerate(terms(get), 1):
        row = (term["code"], position, term["zh"], term["en"], term["definition"])
        connection.execute(f"insert into {quoted(term['vocabulary'])} values (?, ?, ?, ?, ?)", row)


def _write_table(connection: sqlite3.Connection, table: ReleaseTable, get: Get) -> None:
    name, columns = quoted(table.name), sqlite_columns(table)
    lines = [f"{quoted(column.name)} {column.definition}" for column in columns]
    lines += [f"UNIQUE ({', '.join(map(quoted, table.key))})"]
    connection.execute(f"create table {name} (\n  {_SEPARATOR.join(lines)}\n)")
    for reference in _row_references(table):
        column = _uid_name(reference)
        connection.execute(f"create index {quoted(f'{table.name}_{column}')} on {name} ({column})")
    places = ", ".join("?" * len(columns))
    for position, record in enumerate(table.records(get), 1):
        numbered = {**record, "position": position}
        connection.execute(f"insert into {name} values ({places})", [column.value(numbered) for column in columns])


def sqlite_columns(table: ReleaseTable) -> list[SQLiteColumn]:
    """Return the table's columns: what a row says, what it belongs to, its keys, its places, and last its position."""
    names = {column.name for column in table.columns}
    columns = [_column(table, column) for column in table.columns]
    if "uid" not in names:
        columns.insert(0, SQLiteColumn("uid", "TEXT PRIMARY KEY", _key_value(table.key)))
    columns += [_uid_column(reference) for reference in _row_references(table)]
    columns.sort(key=lambda column: _rank(table, column.name))
    columns.append(SQLiteColumn("position", "INTEGER NOT NULL", _field_value("position")))
    if table.label_column not in names:
        columns.append(SQLiteColumn(table.label_column, "TEXT NOT NULL", _label_value(table.label, table.key[-1])))
    return columns


def quoted(identifier: str) -> str:
    """Return an identifier in SQL, whatever characters it has."""
    return '"' + identifier.replace('"', '""') + '"'


def _row_references(table: ReleaseTable) -> list[Reference]:
    """Return the references by id or number, which need a column of their own for the uid of the row."""
    return [reference for reference in references(table) if len(reference.key) > 1]


def _column(table: ReleaseTable, column: Column) -> SQLiteColumn:
    key = " PRIMARY KEY" if column.name == "uid" else "" if column.nullable else " NOT NULL"
    definition = f"{_TYPES.get(column.kind, 'TEXT')}{key}{_references_clause(table, column)}"
    return SQLiteColumn(column.name, definition, _field_value(column.name))


def _references_clause(table: ReleaseTable, column: Column) -> str:
    for reference in references(table):
        if reference.columns == (column.name,):
            return f" REFERENCES {reference.table} (uid)"
    vocabulary = vocabulary_of(column)
    return f" REFERENCES {quoted(vocabulary)} (code)" if vocabulary else ""


def _uid_name(reference: Reference) -> str:
    return f"{reference.column.name.removesuffix('_id').removesuffix('_number')}_uid"


def _uid_column(reference: Reference) -> SQLiteColumn:
    definition = f"TEXT REFERENCES {quoted(reference.table)} (uid)"
    return SQLiteColumn(_uid_name(reference), definition, _reference_value(reference.column.name, reference.table))


def _field_value(name: str) -> Callable[[Record], Any]:
    def value(record: Record) -> Any:
        found = record[name]
        if isinstance(found, Decimal):
            return float(found)
        return format_json(found) if isinstance(found, list) else found

    return value


def _key_value(key: Sequence[str]) -> Callable[[Record], str]:
    return lambda record: "/".join(str(record[name]) for name in key)


def _reference_value(name: str, table: str) -> Callable[[Record], str | None]:
    return lambda record: None if record[name] is None else f"{record['notice']}/{table}/{record[name]}"


def _label_value(label: str, fallback: str) -> Callable[[Record], str]:
    return lambda record: str(record[fallback] if record[label] is None else record[label])


def _rank(table: ReleaseTable, name: str) -> int:
    first = ["uid", "number", "marker", table.label]
    if name in first:
        return first.index(name)
    if name.endswith("_uid"):
        return len(first) + 1
    if name in ("notice", "url", *table.key, *(reference.column.name for reference in _row_references(table))):
        return len(first) + 2
    if name.startswith("citation"):
        return len(first) + 3
    return len(first) + (4 if name.endswith(("start", "end")) and "period_" not in name else 0)

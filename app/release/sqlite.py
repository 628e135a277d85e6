"""The SQLite file for people: the same tables, with one-column keys that lead from row to row, labels and views."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.exports.encoding import compact_json
from app.exports.table import Record
from app.release.stored import Stored, label_column, quoted, stored_columns, uid_column
from app.release.tables import TABLES, ReleaseTable

VIEWS = Path(__file__).with_name("views.sql")
LINE = ",\n  "

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
    name, columns = quoted(table.name), stored_columns(table)
    lines = [f"{quoted(column.name)} {column.definition}" for column in columns]
    lines += ["position INTEGER NOT NULL"]
    if (label := label_column(table)) != table.label:
        lines += [f"{label} TEXT AS (coalesce({quoted(table.label)}, {quoted(table.key[-1])}))"]
    lines += [f"UNIQUE ({', '.join(map(quoted, table.key))})"]
    connection.execute(f"create table {name} (\n  {LINE.join(lines)}\n)")
    for column in map(uid_column, table.references()):
        connection.execute(f"create index {quoted(f'{table.name}_{column}')} on {name} ({column})")
    places = ", ".join("?" * (len(columns) + 1))
    for position, record in enumerate(records, 1):
        row = [*_cells(columns, table.key, record), position]
        connection.execute(f"insert into {name} values ({places})", row)


def _cells(columns: list[Stored], key: Sequence[str], record: Record) -> Iterator[Any]:
    for column in columns:
        if not column.uid:
            yield _cell(record[column.of])
        elif column.of:
            yield None if record[column.of] is None else f"{record['notice']}/{record[column.of]}"
        else:
            yield "/".join(str(record[part]) for part in key)


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return compact_json(value) if isinstance(value, list) else value

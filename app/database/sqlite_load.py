"""Loading into SQLite: tables, rows under their numbers, and the index of words."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement
from sqlmodel import SQLModel

from app.database.counts import COUNT, add_counts, count_records, count_rows
from app.database.prepare import Values, is_numbered
from app.database.select import row_numbers, table_of
from app.database.sqlite import CREATE_INDEX, DIALECT, INDEX_SETTINGS, SETTINGS, tokens
from app.models.document import DocumentRow
from app.models.issue import LABELS, IssueLabelRow, IssueRow
from app.models.metric import MetricRow
from app.models.notice import NoticeRow
from app.models.numeral import NumeralRow
from app.models.organization import OrganizationRow
from app.models.passage import ENGLISH, TEXTS, PassageRow
from app.models.section import SectionRow
from app.models.statement import StatementRow
from app.transcription.load.passages import passages

# What is searched comes first, in its order.
_READ: tuple[type[SQLModel], ...] = (
    SectionRow, IssueRow, StatementRow, MetricRow, OrganizationRow, DocumentRow, NumeralRow,
)  # fmt: skip
_MARKS = ", ".join("?" * len(TEXTS))
_INDEX = f"insert into passage_index (rowid, {', '.join(TEXTS)}) values (?, {_MARKS})"
# The index keeps no texts, so it has to be told what stood there.
_FORGET = f"insert into passage_index (passage_index, rowid, {', '.join(TEXTS)}) values ('delete', ?, {_MARKS})"


def create_tables(connection: sqlite3.Connection) -> None:
    """Create all tables in an empty database."""
    set_up(connection)
    for table in SQLModel.metadata.sorted_tables:
        # They are a set, whose order is another one in each process.
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        creations: list[DDLElement] = [CreateTable(table), *map(CreateIndex, indexes)]
        for create in creations:
            connection.execute(str(create.compile(dialect=DIALECT)))
    for statement in (CREATE_INDEX, *INDEX_SETTINGS):
        connection.execute(statement)


def set_up(connection: sqlite3.Connection) -> None:
    """Set what a connection that loads needs."""
    for statement in SETTINGS:
        connection.execute(statement)


class Loader:
    """Inserts rows, and deletes those of one notice."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def insert(self, table: str, rows: Sequence[Values]) -> None:
        numbered = is_numbered(SQLModel.metadata.tables[table])
        self.connection.executemany(_insertion(table), rows if numbered else [row[1:] for row in rows])

    def index(self, texts: Sequence[Values]) -> None:
        self.connection.executemany(_INDEX, map(_entry, texts))

    def count(self, rows: Iterable[Values]) -> None:
        self.connection.executemany(add_counts("?"), rows)

    def delete(self, notice: str, position: int) -> None:
        """Delete all rows of a notice, and what the index and the counts hold of it."""
        rows = self._rows(notice)
        texts = ((passage.row.rowid, *passage.texts.values()) for passage in passages(rows))
        self.connection.executemany(_FORGET, map(_entry, texts))
        self.count(count_rows(count_records(row for _, row in rows), -1))
        self.connection.execute(f"delete from {COUNT.name} where count = 0")
        by_number = {table_of(PassageRow): "rowid", table_of(IssueLabelRow): "record"}
        for table in SQLModel.metadata.sorted_tables:
            if table in by_number:
                numbers = row_numbers(table, position)
                self.connection.execute(f"delete from {table.name} where {by_number[table]} between ? and ?", numbers)
            elif "notice" in table.columns:
                self.connection.execute(f"delete from {table.name} where notice = ?", (notice,))
        self.connection.execute(f"delete from {table_of(NoticeRow).name} where slug = ?", (notice,))

    def _rows(self, notice: str) -> list[tuple[int, SQLModel]]:
        """Return the rows of a notice by which it is searched and counted, with their numbers."""
        found = []
        for model in _READ:
            rows = f"select rowid, * from {table_of(model).name} where notice = ? order by rowid"
            names = table_of(model).columns.keys()
            for number, *values in self.connection.execute(rows, (notice,)):
                fields = dict(zip(names, values, strict=True))
                fields |= {name: json.loads(fields[name]) for name in LABELS if name in fields}
                found.append((number, model.model_construct(**fields)))
        return found


def _entry(texts: Values) -> Values:
    number, *folded = texts
    return number, *(tokens(text, name in ENGLISH) for name, text in zip(TEXTS, folded, strict=True))


@cache
def _insertion(table: str) -> str:
    """Return the statement that inserts a row into a table, with its number where rows have one of their own."""
    of = SQLModel.metadata.tables[table]
    columns = [*(["rowid"] if is_numbered(of) else []), *of.columns.keys()]
    names = ", ".join(f'"{column}"' for column in columns)
    return f'insert into "{table}" ({names}) values ({", ".join("?" * len(columns))})'

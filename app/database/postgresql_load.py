"""Loading into PostgreSQL: tables in the schema of an edition, and rows by COPY, numbered as they come."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text
from sqlmodel import SQLModel

from app.database.counts import add_counts
from app.database.prepare import Values, is_numbered
from app.models.passage import PASSAGE_INDEX, TEXTS

# The characters of a passage, each by itself.
CHARACTERS = f"string_to_array({' || '.join(TEXTS)}, null)"


def create_tables() -> MetaData:
    """Return the tables with a number for each row, and texts in the order of their code points, as SQLite has them."""
    metadata = MetaData()
    for each in SQLModel.metadata.sorted_tables:
        copy = each.to_metadata(metadata)
        for one in copy.columns:
            if isinstance(one.type, String):
                one.type = Text(collation="C")
            elif one.name == "rowid":
                one.type = BigInteger()  # as every integer of SQLite is
        if is_numbered(each):
            copy.append_column(Column("rowid", Integer, nullable=False, unique=True))
    texts = (Column(name, Text(collation="C"), nullable=False) for name in TEXTS)
    Table(PASSAGE_INDEX.name, metadata, Column("rowid", BigInteger, primary_key=True), *texts)
    return metadata


class Loader:
    """Copies rows. Those that have no number yet are numbered as they come."""

    def __init__(self, connection: psycopg.Connection[Any], metadata: MetaData) -> None:
        self.connection, self.metadata = connection, metadata
        self.numbers: Counter[str] = Counter()

    def insert(self, table: str, rows: Sequence[Values]) -> None:
        columns = SQLModel.metadata.tables[table].columns.keys()
        if not is_numbered(SQLModel.metadata.tables[table]):
            return self._copy(table, columns, (row[1:] for row in rows))
        first = self.numbers[table] + 1
        self.numbers[table] += len(rows)
        numbered = ((n if row[0] is None else row[0], *row[1:]) for n, row in enumerate(rows, first))
        self._copy(table, ["rowid", *columns], numbered)

    def index(self, texts: Sequence[Values]) -> None:
        self._copy(PASSAGE_INDEX.name, ["rowid", *TEXTS], texts)

    def count(self, rows: Iterable[Values]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(add_counts("%s"), rows)

    def finish(self) -> list[str]:
        """Return the statements that make what was copied quick to be found, and readable by whoever may connect."""
        on = f"{PASSAGE_INDEX.name} using gin ({CHARACTERS}) with (fastupdate = off)"
        return [
            f"create index passage_index_characters on {on}",
            *(f'analyze "{name}"' for name in self.metadata.tables),
        ]

    def _copy(self, name: str, columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
        listed = ", ".join(f'"{column}"' for column in columns)
        with self.connection.cursor() as cursor, cursor.copy(f'copy "{name}" ({listed}) from stdin') as copy:
            for row in rows:
                copy.write_row(row)

"""Loading into PostgreSQL: tables in the schema of an edition, and rows by COPY, numbered as they come."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import psycopg
from sqlalchemy import Column, Dialect, Integer, MetaData, String, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import SQLModel

from app.database.load import Values
from app.models.decimal import format_json
from app.transcription.load.passages import Passage

TEXTS = ("title", "body", "title_en", "body_en")  # of the index


def create_tables() -> MetaData:
    """Return the tables with a number for each row, and texts in the order of their code points, as SQLite has them."""
    metadata = MetaData()
    for each in SQLModel.metadata.sorted_tables:
        copy = each.to_metadata(metadata)
        for one in copy.columns:
            if isinstance(one.type, String):
                one.type = Text(collation="C")
        if "rowid" not in copy.columns:
            copy.append_column(Column("rowid", Integer, nullable=False, unique=True))
    texts = (Column(name, Text(collation="C"), nullable=False) for name in TEXTS)
    chars: Column[Any] = Column("chars", ARRAY(Text(collation="C")), nullable=False)
    Table("passage_index", metadata, Column("rowid", Integer, primary_key=True), *texts, chars)
    return metadata


class Loader:
    """Copies rows, numbered as they come."""

    def __init__(self, connection: psycopg.Connection[Any], metadata: MetaData, dialect: Dialect) -> None:
        self.connection, self.metadata, self.dialect = connection, metadata, dialect
        self.numbers: dict[str, int] = {}

    def insert(self, table: Table, rows: list[Values]) -> None:
        number = self.numbers.get(table.name, 0)
        self.numbers[table.name] = number + len(rows)
        processors = {column.name: _processor(column, self.dialect) for column in table.columns}
        names = list(dict.fromkeys((*processors, "rowid")))
        self._copy(
            table.name,
            names,
            (
                [n if name == "rowid" else processors[name](row.get(name)) for name in names]
                for n, row in enumerate(rows, number + 1)
            ),
        )

    def index(self, passages: Sequence[Passage]) -> None:
        rows = (
            [passage.row.rowid, *(passage.texts[name] for name in TEXTS), sorted(set("".join(passage.texts.values())))]
            for passage in passages
        )
        self._copy("passage_index", ["rowid", *TEXTS, "chars"], rows)

    def finish(self) -> list[str]:
        """Return the statements that make what was copied quick to be found, and readable by whoever may connect."""
        index = "create index passage_index_chars on passage_index using gin (chars) with (fastupdate = off)"
        return [index, *(f'analyze "{name}"' for name in self.metadata.tables)]

    def _copy(self, name: str, columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
        listed = ", ".join(f'"{column}"' for column in columns)
        with self.connection.cursor() as cursor, cursor.copy(f'copy "{name}" ({listed}) from stdin') as copy:
            for row in rows:
                copy.write_row(row)


def _processor(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """Return what makes the value of a row that of a column."""
    if column.type.__class__.__name__ == "JSON":
        # A null of JSON is stored as such, as SQLAlchemy does.
        return format_json
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    return process or (lambda value: value)

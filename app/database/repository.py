"""The repository: records as the public sees them, read from the rows of the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Table

from app.database.catalog import ALL, Catalog
from app.database.clauses import Clause, Column, equal
from app.database.engine import Database
from app.database.record_json import record_json
from app.database.select import Row, Select, table_of
from app.database.words import Word
from app.models.decimal import parse_json
from app.models.notice import Notice
from app.models.record import Record

Model = type[Record] | type[Notice]
_DIGITS = 10  # that no number of a record has


@dataclass(frozen=True)
class NoticeScope:
    """The notice that is asked about; None where all are."""

    notice: str | None
    catalog: Catalog

    @property
    def passages(self) -> tuple[int, int] | tuple[()]:
        """The rowids of the notice's first and last passage; nothing where all notices are asked about."""
        return self.catalog.numbers(self.notice) if self.notice else ()

    def words_clause(self, row: Column, words: Sequence[Word]) -> Clause:
        """Match rows whose passage holds every word."""
        return self.catalog.words_clause(row, words, self.passages)


@dataclass(frozen=True)
class Repository:
    """Reads records. The database writes their JSON, which is handed on as text."""

    database: Database
    catalog: Catalog

    def scope(self, notice: str | None) -> NoticeScope:
        """Return the scope of a notice, the default one unless another is named, or of all."""
        return NoticeScope(None if notice == ALL else notice or self.catalog.default, self.catalog)

    def rows(self, table: Table, notice: str | None) -> Select:
        """Select the rows of a notice, the default one unless another is named, or of all."""
        return self.catalog.rows(table, notice or self.catalog.default)

    def select(self, model: Model, notice: str | None) -> Select:
        """Select the records of a notice, the default one unless another is named, or of all."""
        table = table_of(model.row)
        rows = Select(table) if issubclass(model, Notice) else self.rows(table, notice)
        return rows.where(*(equal(table.c[name], value) for name, value in model.only.items()))

    def page(self, model: Model, select: Select, limit: int, offset: int) -> list[str]:
        """Return the JSON of some of the records."""
        return [text for (text,) in self.database.fetch_page(select, record_json(model), limit=limit, offset=offset)]

    def all(self, model: Model, select: Select) -> list[str]:
        """Return the JSON of every record."""
        return [text for (text,) in self.database.fetch(select, record_json(model))]

    def stream(self, model: Model, select: Select) -> Iterator[str]:
        """Yield the JSON of every record, however many."""
        return (text for (text,) in self.database.stream(select, record_json(model)))

    def cite(self, model: Model, record: Mapping[str, Any], base: str) -> dict[str, str]:
        """Return the citations of a record; `base` is what addresses begin with."""
        return model.cite(record, self.catalog.work(record["notice"]), base)

    def records(self, model: Model, select: Select) -> list[dict[str, Any]]:
        """Return every record as an object whose numbers are exact."""
        return [parse_json(text) for text in self.all(model, select)]

    def find(self, select: Select, column: Column, key: str, *columns: Column) -> Row | None:
        """Return columns of the row with a key in its canonical form (1, not 01 or 1.0); None if there is none."""
        if isinstance(column.type, Integer) and not (key.isascii() and key.isdecimal() and len(key) < _DIGITS):
            return None
        found = self.database.fetch(select.where(equal(column, key)), column, *columns)
        return next((tuple(row) for value, *row in found if str(value) == key), None)

    def keys(self, select: Select, column: Column) -> list[str]:
        """Return the keys that there are."""
        return [str(key) for (key,) in self.database.fetch(select, column)]

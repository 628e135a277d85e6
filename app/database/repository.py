"""The repository: records as the public sees them, read from the rows of the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer

from app.database.catalog import Catalog
from app.database.engine import Database
from app.database.record_json import record_json
from app.database.select import Column, Model, Row, Select, equal
from app.models.decimal import parse_json

_DIGITS = 10  # that no number of a record has


@dataclass(frozen=True)
class Repository:
    """Reads records. The database writes their JSON, which is handed on as text."""

    database: Database
    catalog: Catalog

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

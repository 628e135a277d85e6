"""The repository: records as the public sees them, read from the rows of the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Boolean, Integer

from app.database.catalog import Catalog
from app.database.engine import Database
from app.database.record_json import record_fields, record_json
from app.database.select import Column, Model, Row, Select, equal
from app.database.statements import page
from app.models.decimal import ExactDecimal, parse_json, parse_number
from app.models.notice import Notice

# What makes the public value of a column that has been stored in another form.
_DECODERS: dict[type, Callable[[Any], Any]] = {JSON: parse_json, ExactDecimal: parse_number, Boolean: bool}
_DIGITS = 10  # that no number of a record has


@dataclass(frozen=True)
class Repository:
    """Reads records. The database writes the JSON of those that are handed on as text."""

    database: Database
    catalog: Catalog

    def all(self, model: Model, select: Select) -> list[str]:
        """Return the JSON of every record."""
        return [text for (text,) in self.database.fetch(select, record_json(model))]

    def read(self, model: Model, select: Select, limit: int | None, offset: int = 0) -> Iterator[dict[str, Any]]:
        """Yield records as objects whose numbers are exact: some of them or, without a limit, all, however many."""
        if issubclass(model, Notice):
            return (parse_json(text) for (text,) in self._rows(select, (record_json(model),), limit, offset))
        fields = record_fields(model)
        return _objects(fields, self._rows(select, tuple(fields.values()), limit, offset))

    def _rows(self, select: Select, columns: tuple[Column, ...], limit: int | None, offset: int) -> Iterable[Row]:
        if limit is None:
            return self.database.stream(select, *columns)
        return self.database.fetch(select, *columns, build=page, more=(limit, offset))

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


def _objects(fields: Mapping[str, Column], rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Yield rows as objects, and what is stored as text or number in the form that it has in public."""
    decoders = {name: _DECODERS[type(column.type)] for name, column in fields.items() if type(column.type) in _DECODERS}
    for row in rows:
        record = dict(zip(fields, row, strict=True))
        for name, decode in decoders.items():
            if (value := record[name]) is not None:
                record[name] = decode(value)
        yield record

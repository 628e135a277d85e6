"""NDJSON: one record a line, as the API gives it."""

from collections.abc import Iterable, Iterator

from app.exports.chunks import chunks
from app.exports.json_text import compact
from app.exports.table import Record, Table


def write(records: Iterable[Record], table: Table) -> Iterator[bytes]:
    """Each record's JSON and a line feed."""
    return chunks(f"{compact({column.name: record[column.name] for column in table.columns})}\n" for record in records)

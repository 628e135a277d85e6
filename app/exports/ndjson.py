"""NDJSON: one record a line, as the API gives it."""

from collections.abc import Iterable, Iterator

from app.exports.encoding import encode_chunks
from app.exports.table import Record, Table
from app.models.decimal import format_json


def write(records: Iterable[Record], table: Table) -> Iterator[bytes]:
    """Yield each record's JSON and a line feed."""
    names = [column.name for column in table.columns]
    return encode_chunks(f"{format_json({name: record[name] for name in names})}\n" for record in records)

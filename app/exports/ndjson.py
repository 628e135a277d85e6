"""NDJSON: one record a line, as the API gives it."""

from collections.abc import Iterable, Iterator

from app.exports.encoding import compact_json, encode_chunks
from app.exports.table import Record, Table


def write(records: Iterable[Record], table: Table) -> Iterator[bytes]:
    """Yield each record's JSON and a line feed."""
    names = [column.name for column in table.columns]
    return encode_chunks(f"{compact_json({name: record[name] for name in names})}\n" for record in records)

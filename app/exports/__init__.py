"""Exports: a list of records as CSV, Excel or NDJSON. The formats hold the same values."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from app.exports import csv, ndjson, xlsx
from app.exports.table import Record, Table


@dataclass(frozen=True)
class Format:
    """A file format. `write` yields the file in chunks; its memory does not grow with the number of records."""

    media_type: str
    suffix: str
    write: Callable[[Iterable[Record], Table], Iterator[bytes]] = field(repr=False)


FORMATS: dict[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", "csv", csv.write),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", xlsx.write),
    "ndjson": Format("application/x-ndjson", "ndjson", ndjson.write),
}

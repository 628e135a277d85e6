"""Apache Parquet: a table as typed columns, written without a library, since those that do it weigh 60 MB and more.

Every column is plainly encoded and gzipped, in row groups of a bounded size. Numbers are decimals, exact as printed.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from app.exports.table import Column, Record
from app.models.decimal import format_json
from app.release.manifest import Provenance
from app.release.tables import ReleaseTable
from app.release.thrift import Long, Value, encode, varint

PRECISION, SCALE = 38, 18  # digits of a decimal in all, and behind the point
_UNIT: int = 10**SCALE
_ROWS = 20_000  # of a row group
_MAGIC = b"PAR1"
_EPOCH = date(1970, 1, 1).toordinal()
_WIDTH = 16  # bytes of a decimal
# The format's numbers: physical types, repetitions, converted and logical types, encodings, codecs.
_BOOLEAN, _INT32, _INT64, _BYTE_ARRAY, _FIXED = 0, 1, 2, 6, 7
_REQUIRED, _OPTIONAL, _REPEATED = 0, 1, 2
_PLAIN, _RLE, _GZIP = 0, 3, 2
_UTF8: Mapping[int, Value] = {6: 0, 10: {1: {}}}
_LIST: Mapping[int, Value] = {6: 3, 10: {3: {}}}
_DECIMAL: Mapping[int, Value] = {6: 5, 7: SCALE, 8: PRECISION, 10: {5: {1: SCALE, 2: PRECISION}}}
_DATE: Mapping[int, Value] = {6: 6, 10: {6: {}}}
_PHYSICAL = {"text": _BYTE_ARRAY, "list": _BYTE_ARRAY, "integer": _INT64, "number": _FIXED, "boolean": _BOOLEAN,
             "date": _INT32}  # fmt: skip
_LOGICAL = {"text": _UTF8, "number": _DECIMAL, "date": _DATE}


@dataclass
class _Levels:
    """The entries of a column in a row group: for each how far it is there, and whether it continues a list."""

    definition: list[int] = field(default_factory=list)
    repetition: list[int] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, definition: int, repetition: int = 0, *values: Any) -> None:
        self.definition.append(definition)
        self.repetition.append(repetition)
        self.values += values


def write(path: Path, columns: Sequence[Column], records: Iterable[Record], metadata: Mapping[str, str]) -> None:
    """Write a table, with texts about it. Raise ValueError for a number with more digits than the file can hold."""
    groups: list[Value] = []
    rows, total = iter(records), 0
    with path.open("wb") as file:
        file.write(_MAGIC)
        while batch := list(islice(rows, _ROWS)):
            chunks, start = [], file.tell()
            for column in columns:
                offset = file.tell()
                page, sizes = _page(column, batch)
                file.write(page)
                chunks.append(_chunk(column, offset, len(page), *sizes))
            groups.append({1: chunks, 2: Long(file.tell() - start), 3: Long(len(batch))})
            total += len(batch)
        pairs: list[Value] = [{1: name, 2: text} for name, text in metadata.items()]
        footer = encode({1: 2, 2: _schema(columns), 3: Long(total), 4: groups, 5: pairs, 6: "zhenggai version 1"})
        file.write(footer + struct.pack("<I", len(footer)) + _MAGIC)


def describe(table: ReleaseTable, provenance: Provenance) -> dict[str, str]:
    """Return what is to be said about a table in its file; `fields` is a JSON array with a description of each."""
    fields = [
        {
            "name": column.name,
            "title": column.en,
            "title_zh": column.zh,
            "description": column.description,
            "vocabulary": column.vocabulary,
        }
        for column in table.columns
    ]
    return {
        "title": table.en,
        "title_zh": table.zh,
        "description": table.description,
        "primary_key": format_json(table.key),
        "fields": format_json(fields),
        "license": " ".join(provenance.licenses),
        "data_version": provenance.data_version,
    }


def _schema(columns: Sequence[Column]) -> list[Value]:
    """Return the schema as the format has it: a tree in one list, the root first."""
    elements: list[Value] = [{4: "table", 5: len(columns)}]
    for column in columns:
        repetition = _OPTIONAL if column.nullable else _REQUIRED
        if column.kind == "list":
            elements += [{3: repetition, 4: column.name, 5: 1, **_LIST}, {3: _REPEATED, 4: "list", 5: 1}]
            elements.append({1: _BYTE_ARRAY, 3: _REQUIRED, 4: "element", **_UTF8})
        else:
            width: dict[int, Value] = {2: _WIDTH} if column.kind == "number" else {}
            typed = {1: _PHYSICAL[column.kind], **width, 3: repetition, 4: column.name}
            elements.append({**typed, **_LOGICAL.get(column.kind, {})})
    return elements


def _page(column: Column, batch: Sequence[Record]) -> tuple[bytes, tuple[int, int]]:
    """Return a column's one page with its header, the size of both uncompressed, and the number of entries."""
    levels = _levels(column, batch)
    body = b""
    if column.kind == "list":
        body += _run_lengths(levels.repetition)
    if column.kind == "list" or column.nullable:
        body += _run_lengths(levels.definition)
    body += _plain(column.kind, levels.values)
    packer = zlib.compressobj(wbits=31)  # gzip, whose header zlib writes without a time
    packed = packer.compress(body) + packer.flush()
    count = len(levels.definition)
    header = encode({1: 0, 2: len(body), 3: len(packed), 5: {1: count, 2: _PLAIN, 3: _RLE, 4: _RLE}})
    return header + packed, (len(header) + len(body), count)


def _chunk(column: Column, offset: int, size: int, uncompressed: int, count: int) -> Value:
    path = [column.name, "list", "element"] if column.kind == "list" else [column.name]
    described: Value = {
        1: _PHYSICAL[column.kind], 2: [_PLAIN, _RLE], 3: path, 4: _GZIP, 5: Long(count), 6: Long(uncompressed),
        7: Long(size), 9: Long(offset),
    }  # fmt: skip
    return {2: Long(offset), 3: described}


def _levels(column: Column, batch: Sequence[Record]) -> _Levels:
    levels, there = _Levels(), int(column.nullable)
    for record in batch:
        value = record[column.name]
        if value is None:
            levels.add(0)
        elif column.kind != "list":
            levels.add(there, 0, value)
        elif not value:
            levels.add(there)
        else:
            for position, item in enumerate(value):
                levels.add(there + 1, int(position > 0), item)
    return levels


def _run_lengths(levels: Iterable[int]) -> bytes:
    """Return levels as runs, each its length and its level, after their size in bytes."""
    runs = b"".join(varint(len(list(run)) << 1) + bytes([level]) for level, run in groupby(levels))
    return struct.pack("<I", len(runs)) + runs


def _plain(kind: str, values: Sequence[Any]) -> bytes:
    """Return values one after the other."""
    if kind == "boolean":
        bits = sum(bool(value) << position for position, value in enumerate(values))
        return bits.to_bytes((len(values) + 7) // 8, "little")
    return b"".join(_encoded(kind, values))


def _encoded(kind: str, values: Iterable[Any]) -> Iterator[bytes]:
    for value in values:
        if kind == "integer":
            yield struct.pack("<q", value)
        elif kind == "date":
            yield struct.pack("<i", date.fromisoformat(value).toordinal() - _EPOCH)
        elif kind == "number":
            yield _unscaled(Decimal(value)).to_bytes(_WIDTH, "big", signed=True)
        else:
            text = str(value).encode()
            yield struct.pack("<I", len(text)) + text


def _unscaled(value: Decimal) -> int:
    """Return a decimal as a multiple of the smallest that the file can hold; ValueError if it is none."""
    numerator, denominator = value.as_integer_ratio()
    unscaled, rest = divmod(numerator * _UNIT, denominator)
    if rest or len(str(abs(unscaled))) > PRECISION:
        raise ValueError(f"{value} has more digits than a decimal of {PRECISION} digits, {SCALE} behind the point")
    return unscaled

"""XLSX: typed cells and never a formula; a second sheet says where the records come from."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from app.exports.chunks import SIZE
from app.exports.provenance import origin_rows
from app.exports.sheet import LongTexts, Sheet
from app.exports.table import Record, Table

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NAMES = {"zh": ("数据", "说明", "长文本"), "en": ("Data", "About", "Long texts")}
# Else the file would say when it was made, and no two would be the same.
_PROPERTIES = {"created": datetime(2000, 1, 1)}


def write(records: Iterable[Record], table: Table) -> Iterator[bytes]:
    """The workbook, made on disk and then read in chunks."""
    with tempfile.TemporaryDirectory(dir=_scratch()) as folder:
        path = Path(folder) / "table.xlsx"
        book = Workbook(str(path), {**_OPTIONS, "tmpdir": folder})
        book.set_properties(_PROPERTIES)
        book.use_zip64()
        try:
            _fill(book, records, table)
        finally:
            book.close()
        with path.open("rb") as file:
            while chunk := file.read(SIZE):
                yield chunk


def _scratch() -> str | None:
    """A folder that can be written: the usual one, or shared memory where a container's disk is read-only."""
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:
        return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _fill(book: Workbook, records: Iterable[Record], table: Table) -> None:
    data, about, long = _NAMES[table.language]
    long_texts = LongTexts(book, long)
    sheet, second = Sheet(book, data, long_texts), Sheet(book, about, long_texts)
    sheet.row([column.heading(table.language) for column in table.columns], bold=True)
    kinds = [column.kind for column in table.columns]
    for record in records:
        sheet.row([record[column.name] for column in table.columns], kinds)
    sheet.finish(header=True)
    for row in origin_rows(table):
        second.row(row)
    second.finish()

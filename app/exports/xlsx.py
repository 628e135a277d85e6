"""XLSX: typed cells and never a formula; a second sheet says where the records come from."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from app.exports.encoding import CHUNK_SIZE, to_text
from app.exports.table import Language, Record, Table
from app.exports.xlsx_about import about_rows

MAX_CHARACTERS = 16_000  # in one cell: spreadsheets take 32,767 UTF-16 units
MAX_DIGITS = 15  # that a cell's number keeps exactly
FIRST_DATE = date(1900, 3, 1)  # before it, the spreadsheets' calendar is off by a 29 February 1900 that never was
MIN_WIDTH, MAX_WIDTH = 8, 60
MEASURED_ROWS = 200  # by which a column's width is set
_LABELS = {"label", "label_en", "title", "title_en", "name", "name_en"}
_MOST_FROZEN = 3

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_SHEET_NAMES = {"zh": ("数据", "说明", "长文本"), "en": ("Data", "About", "Long texts")}
# A fixed time, since otherwise the same records would give different bytes.
_PROPERTIES = {"created": datetime(2000, 1, 1)}


def write(records: Iterable[Record], table: Table) -> Iterator[bytes]:
    """Write the workbook to a temporary file, then yield it in chunks."""
    with tempfile.TemporaryDirectory(dir=_writable_folder()) as folder:
        path = Path(folder) / "table.xlsx"
        book = Workbook(str(path), {**_OPTIONS, "tmpdir": folder})
        book.set_properties(_PROPERTIES)
        book.use_zip64()
        try:
            _fill(book, records, table, table.language or "zh")
        finally:
            book.close()
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_SIZE):
                yield chunk


def _writable_folder() -> str | None:
    """Return shared memory where no usual folder can be written, as in a container with a read-only disk; else None."""
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:
        return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _fill(book: Workbook, records: Iterable[Record], table: Table, language: Language) -> None:
    data_name, about_name, long_name = _SHEET_NAMES[language]
    long_texts = LongTexts(book, long_name)
    data, about = Sheet(book, data_name, long_texts), Sheet(book, about_name, long_texts)
    data.append([column.label(language) for column in table.columns], bold=True)
    kinds = [column.kind for column in table.columns]
    for record in records:
        data.append([record[column.name] for column in table.columns], kinds)
    data.finish(header=True, frozen=_frozen_columns([column.name for column in table.columns]))
    for row in about_rows(table, language):
        about.append(row)
    about.finish()


def _frozen_columns(names: Sequence[str]) -> int:
    """Return how many columns stay in view when one scrolls: as far as the label, where that is near the beginning."""
    return next((index for index, name in enumerate(names[:_MOST_FROZEN], 1) if name in _LABELS), 0)


class LongTexts:
    """The sheet of texts too long for a cell, in pieces. It is added to the workbook when first needed."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.book, self.name = book, name
        self.sheet: Any = None
        self.rows = 0

    def append(self, sheet: str, cell: str, text: str) -> str:
        """Write the whole text, and return what its own cell shows instead."""
        if self.sheet is None:
            self.sheet = self.book.add_worksheet(self.name)
        for start in range(0, len(text), MAX_CHARACTERS):
            self.sheet.write_string(self.rows, 0, f"{sheet}!{cell}")
            self.sheet.write_string(self.rows, 1, text[start : start + MAX_CHARACTERS])
            self.rows += 1
        return f"{text[:1000]}… → {self.name}"


class Sheet:
    """A sheet written row by row, each cell by its type. Rows are appended only, so none is kept in memory."""

    def __init__(self, book: Workbook, name: str, long_texts: LongTexts) -> None:
        self.name, self.long_texts, self.sheet = name, long_texts, book.add_worksheet(name)
        self.bold, self.date = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        self.plain = book.add_format()
        self.rows = 0
        self.widths: dict[int, int] = {}

    def append(self, values: Sequence[Any], kinds: Sequence[str] = (), bold: bool = False) -> None:
        """Append a row. `kinds` are those of the columns, all text if not given."""
        for column, (value, kind) in enumerate(zip(values, kinds or repeat("text"), strict=False)):
            if value is not None and not (value == [] and kind == "list"):
                self._write(column, value, kind, bold)
        self.rows += 1

    def finish(self, header: bool = False, frozen: int = 0) -> None:
        """Set the widths. A header row is frozen, as are some columns, repeated on every page, and given filters."""
        for column, width in self.widths.items():
            self.sheet.set_column(column, column, min(max(width + 2, MIN_WIDTH), MAX_WIDTH))
        self.sheet.set_landscape()
        if header:
            self.sheet.freeze_panes(1, frozen)
            self.sheet.repeat_rows(0)
            self.sheet.autofilter(0, 0, self.rows - 1, max(self.widths))

    def _write(self, column: int, value: Any, kind: str, bold: bool) -> None:
        if self.rows < MEASURED_ROWS:
            self.widths[column] = max(self.widths.get(column, 0), display_width(to_text(value, kind)[:MAX_WIDTH]))
        if isinstance(value, bool):
            self.sheet.write_boolean(self.rows, column, value)
        elif isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) <= MAX_DIGITS:
            # A Decimal is written with its own digits; a float could differ in the last one.
            self.sheet.write_number(self.rows, column, value)
        elif kind == "date" and date.fromisoformat(value) >= FIRST_DATE:
            self.sheet.write_datetime(self.rows, column, datetime.fromisoformat(value), self.date)
        else:
            self._write_text(column, to_text(value, kind), self.bold if bold else self.plain)

    def _write_text(self, column: int, text: str, style: Any) -> None:
        if len(text) > MAX_CHARACTERS:
            text = self.long_texts.append(self.name, xl_rowcol_to_cell(self.rows, column), text)
        if text.startswith("<r>"):
            # XlsxWriter takes such a string for rich text markup of its own.
            self.sheet.write_rich_string(self.rows, column, text[:1], self.plain, text[1:])
        else:
            self.sheet.write_string(self.rows, column, text, style)


def display_width(text: str) -> int:
    """Return the width of the text in columns of a terminal, where Chinese characters are two wide."""
    return sum(2 if character >= "\u2e80" else 1 for character in text)

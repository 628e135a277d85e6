"""A sheet of a workbook, written row by row, each cell by its type."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from app.exports.csv import plain

LONGEST = 16_000  # characters a cell gets: spreadsheets take 32,767 UTF-16 units
MOST_DIGITS = 15  # what a cell's number keeps exactly
EARLIEST = date(1900, 3, 1)  # before it, a spreadsheet's calendar has a day that never was
NARROWEST, WIDEST = 8, 60
MEASURED = 200  # rows by which a column's width is set


class LongTexts:
    """The sheet of texts too long for a cell, in pieces; there is none unless it is needed."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.book, self.name = book, name
        self.sheet: Any = None
        self.count = 0

    def keep(self, sheet: str, cell: str, text: str) -> str:
        """Put the whole text there; what its own cell shows instead."""
        if self.sheet is None:
            self.sheet = self.book.add_worksheet(self.name)
        for start in range(0, len(text), LONGEST):
            self.sheet.write_string(self.count, 0, f"{sheet}!{cell}")
            self.sheet.write_string(self.count, 1, text[start : start + LONGEST])
            self.count += 1
        return f"{text[:1000]}… → {self.name}"


class Sheet:
    """One sheet; rows only ever go to its end, so that none need be kept."""

    def __init__(self, book: Workbook, name: str, long_texts: LongTexts) -> None:
        self.name, self.long_texts, self.sheet = name, long_texts, book.add_worksheet(name)
        self.bold, self.day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        self.usual = book.add_format()
        self.rows = 0
        self.widths: dict[int, int] = {}

    def row(self, values: Sequence[Any], kinds: Sequence[str] = (), bold: bool = False) -> None:
        """One more row; `kinds` are those of the columns, all text if not given."""
        for place, (value, kind) in enumerate(zip(values, kinds or repeat("text"), strict=False)):
            if value is not None and not (value == [] and kind == "list"):
                self._cell(place, value, kind, bold)
        self.rows += 1

    def finish(self, header: bool = False) -> None:
        """Set the widths; where there is a header, keep it in sight, print it on every page and put filters on it."""
        for place, width in self.widths.items():
            self.sheet.set_column(place, place, min(max(width + 2, NARROWEST), WIDEST))
        self.sheet.set_landscape()
        if header:
            self.sheet.freeze_panes(1, 0)
            self.sheet.repeat_rows(0)
            self.sheet.autofilter(0, 0, self.rows - 1, max(self.widths))

    def _cell(self, place: int, value: Any, kind: str, bold: bool) -> None:
        if self.rows < MEASURED:
            self.widths[place] = max(self.widths.get(place, 0), width(plain(value, kind)[:WIDEST]))
        if isinstance(value, bool):
            self.sheet.write_boolean(self.rows, place, value)
        elif isinstance(value, int | Decimal) and len(Decimal(value).normalize().as_tuple().digits) <= MOST_DIGITS:
            # A decimal is written as its own digits; a float would come out one off in the last.
            self.sheet.write_number(self.rows, place, value)
        elif kind == "date" and date.fromisoformat(value) >= EARLIEST:
            self.sheet.write_datetime(self.rows, place, datetime.fromisoformat(value), self.day)
        else:
            self._text(place, plain(value, kind), self.bold if bold else self.usual)

    def _text(self, place: int, text: str, style: Any) -> None:
        if len(text) > LONGEST:
            text = self.long_texts.keep(self.name, xl_rowcol_to_cell(self.rows, place), text)
        if text.startswith("<r>"):
            # The writer would take this for markup of its own.
            self.sheet.write_rich_string(self.rows, place, text[:1], self.usual, text[1:])
        else:
            self.sheet.write_string(self.rows, place, text, style)


def width(text: str) -> int:
    """How many columns of a terminal the text takes: Chinese characters are two wide."""
    return sum(2 if character >= "\u2e80" else 1 for character in text)

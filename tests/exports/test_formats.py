"""Every file format, read back by another's reader, holds just the values that were written."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.exports import FORMATS
from app.exports.encoding import content_disposition, to_text
from app.exports.table import About, Column, Kind, NoticeSource, Record, Table
from app.models.decimal import parse_json

ABOUT = About(
    [
        NoticeSource(
            "published", "通报", "Notice", "2024-07-26", "来源", "https://example.org/a", "权利", "Rights", "CC-BY-4.0"
        )
    ],
    "0123456789abcdef",
    "/metrics?unit=person",
)
KINDS: tuple[Kind, ...] = ("text", "text", "integer", "number", "boolean", "date", "list", "json")
COLUMNS = [Column(f"c{n}", kind, n > 0, f"列{n}", f"Column {n}") for n, kind in enumerate(KINDS)]
PLACE = {"start": 1, "end": 2}
STEADY = settings(max_examples=60, deadline=None, derandomize=True)

texts = st.text(
    st.one_of(
        st.sampled_from(list("=+-@＝＋－＠,\"|'\t\n <>&_x0041整改。😀")),
        st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
    ),
    min_size=1,
    max_size=40,
)
numbers = st.integers(-(10**15) + 1, 10**15 - 1).flatmap(
    lambda digits: st.integers(0, 6).map(lambda places: Decimal(digits).scaleb(-places))
)
codes = st.text(st.sampled_from("abc_"), min_size=1, max_size=8)
records = st.fixed_dictionaries(
    {
        "c0": texts,
        "c1": st.none() | texts,
        "c2": st.none() | st.integers(-(10**15) + 1, 10**15 - 1),
        "c3": st.none() | numbers,
        "c4": st.none() | st.booleans(),
        "c5": st.none() | st.dates(date(1900, 3, 1)).map(date.isoformat),
        "c6": st.lists(codes, max_size=3),
        "c7": st.none() | st.lists(st.just(PLACE), max_size=2),
    }
)


def export(format: str, rows: list[Any], **options: Any) -> bytes:
    return b"".join(FORMATS[format].write(iter(rows), Table(COLUMNS, ABOUT, **options)))


def rows_of_sheet(content: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def as_text(record: Record, column: Column) -> str:
    value = record[column.name]
    return "" if value is None else to_text(value, column.kind)


@STEADY
@given(st.lists(records, max_size=5))
def test_csv_holds_every_value_in_text(rows: list[Any]) -> None:
    content = export("csv", rows)

    assert list(csv.reader(io.StringIO(content.decode(), newline=""))) == [
        [column.name for column in COLUMNS],
        *([as_text(row, column) for column in COLUMNS] for row in rows),
    ]
    assert content.endswith(b"\r\n")


@STEADY
@given(st.lists(records, max_size=5))
def test_csv_for_excel_guards_text_and_never_numbers(rows: list[Any]) -> None:
    content = export("csv", rows, bom=True)

    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    for row, fields in zip(rows, table[1:], strict=True):
        for column, field in zip(COLUMNS, fields, strict=True):
            text = as_text(row, column)
            guarded = column.kind == "text" and text[:1] in tuple("=+-@\t\r＝＋－＠")
            assert field == (f"'{text}" if guarded else text)


@STEADY
@given(st.lists(records, max_size=5))
def test_ndjson_is_one_record_a_line_with_exact_numbers(rows: list[Any]) -> None:
    lines = export("ndjson", rows).decode().split("\n")

    assert [parse_json(line) for line in lines[:-1]] == rows
    assert lines[-1] == ""


def from_sheet(value: Any, column: Column) -> Any:
    """A cell of calamine's as the JSON value; it gives '' for an empty cell and floats for all numbers."""
    if value == "":
        return [] if column.kind == "list" else None
    if column.kind in ("integer", "number"):
        return Decimal(repr(value))
    if column.kind == "date":
        return value.isoformat()
    if column.kind == "list":
        return value.split("|")
    return json.loads(value) if column.kind == "json" else value


@STEADY
@given(st.lists(records, max_size=5))
def test_a_workbook_holds_every_value_by_its_type(rows: list[Any]) -> None:
    table = rows_of_sheet(export("xlsx", rows))

    assert table[0] == [column.zh for column in COLUMNS]
    assert [
        {column.name: from_sheet(cell, column) for column, cell in zip(COLUMNS, cells, strict=True)}
        for cells in table[1:]
    ] == rows


@STEADY
@given(st.lists(records, min_size=1, max_size=5))
def test_a_second_reader_finds_the_same_and_no_formula(rows: list[Any]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", rows)))

    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:H{len(rows) + 1}"
    for row, cells in zip(rows, sheet.iter_rows(min_row=2), strict=True):
        assert all(cell.data_type in "sndbi" or cell.data_type == "inlineStr" for cell in cells)
        values = [cell.value for cell in cells]
        assert values[2] == row["c2"]
        assert values[3] is None if row["c3"] is None else Decimal(str(values[3])) == row["c3"]
        assert values[4] is row["c4"]
        assert values[5] == (row["c5"] and datetime.fromisoformat(row["c5"]))


def a_record(**values: Any) -> dict[str, Any]:
    return {"c0": "a", **{f"c{n}": None for n in range(1, 8)}, "c6": [], **values}


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "+1", "<r>bold</r>", "<r><t>x</t></r>", "1/2", "3-5", "007"]
)
def test_text_stays_text_in_a_workbook(text: str) -> None:
    assert rows_of_sheet(export("xlsx", [a_record(c0=text)]))[1][0] == text


def test_a_text_too_long_for_a_cell_stands_whole_on_a_sheet_of_its_own() -> None:
    text = "整改😀" * 20_000

    content = export("xlsx", [a_record(), a_record(c0=text)])

    shown = rows_of_sheet(content)[2][0]
    assert text.startswith(shown.removesuffix("… → 长文本"))
    pieces = rows_of_sheet(content, 2)
    assert {cell for cell, _ in pieces} == {"数据!A3"}
    assert "".join(piece for _, piece in pieces) == text


def test_what_a_cell_cannot_hold_exactly_is_written_as_text() -> None:
    row = a_record(c2=12345678901234567890, c3=Decimal("0.1234567890123456"), c5="1899-12-31")

    assert rows_of_sheet(export("xlsx", [row]))[1][2:6] == [
        "12345678901234567890",
        "0.1234567890123456",
        "",
        "1899-12-31",
    ]


@pytest.mark.parametrize(("language", "words"), [("zh", ["数据", "说明"]), ("en", ["Data", "About"])])
def test_the_second_sheet_names_the_sources_and_their_terms(language: Any, words: list[str]) -> None:
    content = export("xlsx", [a_record()], language=language)

    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == words
    cells = {cell for row in rows_of_sheet(content, 1) for cell in row}
    notice = ABOUT.notices[0]
    assert {notice.title, notice.source_url, "CC-BY-4.0", ABOUT.data_version, ABOUT.url} <= cells
    assert {column.label(language) for column in COLUMNS} <= cells


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_records_give_the_same_bytes(format: str) -> None:
    assert export(format, [a_record()] * 3) == export(format, [a_record()] * 3)


def test_no_file_in_a_workbook_tells_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(export("xlsx", []))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


@pytest.mark.parametrize("format", ["csv", "ndjson"])
def test_a_stream_asks_for_records_only_as_it_goes(format: str) -> None:
    taken = 0

    def endless() -> Iterator[Record]:
        nonlocal taken
        while True:
            taken += 1
            yield a_record()

    stream = FORMATS[format].write(endless(), Table(COLUMNS, ABOUT))
    next(iter(stream))

    assert taken < 20_000


def test_a_chinese_file_name_travels_in_ascii() -> None:
    value = content_disposition("问题 2024.csv", "issues-2024.csv")

    assert value.isascii()
    assert value == "attachment; filename=\"issues-2024.csv\"; filename*=UTF-8''%E9%97%AE%E9%A2%98%202024.csv"

"""The response of an export: the columns that are asked for, in that order and language, in every format."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from asgi import Client, run
from python_calamine import CalamineWorkbook
from starlette.requests import ClientDisconnect

from app.exports import FORMATS
from app.exports.response import export_response
from app.exports.table import Table, select_columns
from app.models.decimal import parse_json
from app.models.record import Collection


class Town(Collection):
    """A record of these tests alone, of fields that have labels."""

    collection = "towns"
    collection_zh = "市镇"

    id: str
    title: str
    note: str | None


ROWS = ['{"id":"a","title":"=甲","note":null}', '{"id":"b","title":"乙, 丙","note":"x"}']
NARROW = ("title", "id")


def records() -> Iterator[Mapping[str, Any]]:
    return map(parse_json, ROWS)


def export(format: str, columns: Sequence[str] | None = None, lang: Any = None, bom: bool = False) -> bytes:
    """The body of the response, fetched as a client would."""
    table = Table(select_columns(Town, columns), language=lang, bom=bom)
    response = export_response(FORMATS[format], Town, records(), table, "n")
    answer = Client(response).get("/")
    assert answer.headers["content-type"] == FORMATS[format].media_type
    assert f'filename="zhenggai-towns-n.{format}"' in answer.headers["content-disposition"]
    return answer.content


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_csv_is_headed_by_names_unless_a_language_is_given() -> None:
    assert table(export("csv")) == [["id", "title", "note"], ["a", "=甲", ""], ["b", "乙, 丙", "x"]]
    assert table(export("csv", lang="zh"))[0] == ["编号", "标题", "说明"]
    assert table(export("csv", lang="en"))[0] == ["Id", "Title", "Note"]


def test_a_byte_order_mark_comes_with_the_guard_against_formulas() -> None:
    assert export("csv", bom=True).decode() == '\ufeffid,title,note\r\na,\'=甲,\r\nb,"乙, 丙",x\r\n'


@pytest.mark.parametrize("lang", [None, "zh", "en"])
def test_csv_has_the_columns_that_are_asked_for_in_that_order(lang: Any) -> None:
    assert table(export("csv", columns=NARROW, lang=lang))[1:] == [["=甲", "a"], ["乙, 丙", "b"]]


def test_ndjson_has_the_columns_that_are_asked_for_in_that_order() -> None:
    assert export("ndjson").decode().splitlines() == ROWS
    lines = export("ndjson", columns=NARROW).decode().splitlines()
    assert [list(json.loads(line).items()) for line in lines] == [
        [("title", "=甲"), ("id", "a")],
        [("title", "乙, 丙"), ("id", "b")],
    ]


@pytest.mark.parametrize(("lang", "header"), [(None, ["标题", "编号"]), ("en", ["Title", "Id"])])
def test_a_workbook_has_the_columns_that_are_asked_for_in_that_order(lang: Any, header: list[str]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(export("xlsx", columns=NARROW, lang=lang)))

    assert book.get_sheet_by_index(0).to_python() == [header, ["=甲", "a"], ["乙, 丙", "b"]]
    about = book.get_sheet_by_index(1).to_python()
    assert [row[:2] for row in about[-2:]] == [[header[0], "title"], [header[1], "id"]]


def test_an_unknown_column_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="population"):
        select_columns(Town, ["population"])


@pytest.mark.parametrize("format", ["csv", "ndjson"])
def test_the_rows_are_closed_when_the_client_disconnects(format: str) -> None:
    closed = False

    def endless() -> Iterator[Mapping[str, Any]]:
        nonlocal closed
        try:
            while True:
                yield from records()
        finally:
            closed = True

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            raise OSError("the client has gone")

    response = export_response(FORMATS[format], Town, endless(), Table(select_columns(Town)), "n")
    with pytest.raises(ClientDisconnect):
        run(response({"type": "http", "asgi": {"spec_version": "2.4"}}, receive, send))
    assert closed

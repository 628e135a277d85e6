"""Lists as files: every value of the JSON list, in the same order, whoever reads the file."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import brotli
import openpyxl
import pytest
from conftest import rerelease, write
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from python_calamine import CalamineWorkbook
from zstandard import ZstdDecompressor

from app.http import representations
from app.main import app, create_app
from app.settings import Settings

Record = dict[str, Any]
Rows = list[list[Any]]

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": SHEET, "ndjson": "application/x-ndjson"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
DOCUMENT = app.openapi()


def schema(reference: str) -> Any:
    """The properties of a schema that the document refers to."""
    return DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]["properties"]


def nested_fields(path: str) -> set[str]:
    """The fields of a list's items that hold objects."""
    content = DOCUMENT["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    item = schema(schema(content["schema"]["$ref"])["items"]["items"]["$ref"])
    return {name for name, field in item.items() if "$ref" in json.dumps(field)}


LISTS = {
    path: {parameter["name"] for parameter in operations["get"].get("parameters", ())}
    for path, operations in DOCUMENT["paths"].items()
    if any(p["name"] == "format" for p in operations["get"].get("parameters", ()))
}
NESTED = {path: nested_fields(path) for path in LISTS}
# What each is asked for beside all of it, its first items, and those of all notices.
FILTERS = {
    "/notices": [],
    "/sections": ["q=整改&role=issue", "parent=s2-3"],
    "/categories": [],
    "/issues": ["topic=fire_safety&topic=housing", "category=2&sort=-measure_count", "q=消防"],
    "/statements": ["role=outcome&issue=8", "notice=all&role=commitment"],
    "/measures": ["kind=rule_made&kind=training&sort=actor", "has_actor=true&limit=30&offset=10", "notice=all&q=整改"],
    "/metrics": ["unit=person&sort=-value", "notice=all&unit=person&value_min=10&sort=value", "nature=change"],
    "/search": ["q=整改&type=metric", "q=消防 安全"],
    "/indicators": [],
    "/glossary": [],
    "/numerals": ["class=metric", "class=date&section=s2-1-8"],
}
QUERIES = [
    (path, query)
    for path, names in LISTS.items()
    for query in ["", "limit=1&offset=1", *(["notice=all"] if "notice" in names else []), *FILTERS[path]]
]
every_list = pytest.mark.parametrize("path", LISTS)
every_query = pytest.mark.parametrize(("path", "query"), QUERIES)
every_format = pytest.mark.parametrize("format", MEDIA_TYPES)


@pytest.fixture
def lists(both_app: FastAPI) -> TestClient:
    """A client of the service over both notices."""
    return TestClient(both_app)


def parameters(path: str, query: str, **more: str) -> dict[str, Any]:
    """The parameters of a query; a search is for something."""
    return ({"q": "整改"} if path == "/search" else {}) | parse_qs(query) | more


def exact(text: str | bytes) -> Any:
    """What JSON says, every number as it is written."""
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def items_of(client: TestClient, path: str, query: str) -> list[Record]:
    """What the JSON list says, page by page unless a part is asked for."""
    query_parameters = parameters(path, query)
    page = exact(client.get(path, params={"limit": "200", **query_parameters}).content)
    items: list[Record] = page["items"]
    while page["next"] and "limit" not in query_parameters:
        page = exact(client.get(page["next"]).content)
        items += page["items"]
    assert items
    return items


def file(client: TestClient, path: str, query: str, format: str, **more: str) -> Response:
    answer = client.get(path, params=parameters(path, query, format=format, **more))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPES[format]
    return answer


def table(answer: Response) -> Rows:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def sheet(answer: Response, number: int = 0) -> Rows:
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(number).to_python()


def in_csv(value: Any, nested: bool = False) -> str:
    """A JSON value as CSV has it, as the documentation says."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case str():
            return value
    if nested:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=number)
    return "|".join(map(in_csv, value))


def number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def in_sheet(value: Any, nested: bool = False) -> Any:
    """A JSON value as a cell has it: of its type, else as in CSV."""
    return value if isinstance(value, bool | Decimal) else in_csv(value, nested)


def expected_rows(path: str, items: list[Record], to_cell: Callable[[Any, bool], Any]) -> Rows:
    """What a file has for the items of a list."""
    return [[to_cell(value, name in NESTED[path]) for name, value in item.items()] for item in items]


def cell(value: Any) -> Any:
    """A cell as some library reads it, without that library's own types."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    return "" if value is None else value


@every_query
def test_csv_holds_every_value_in_the_same_order(lists: TestClient, path: str, query: str) -> None:
    items = items_of(lists, path, query)

    names, *rows = table(file(lists, path, query, "csv"))

    assert names == list(items[0])
    assert rows == expected_rows(path, items, in_csv)


@every_query
def test_ndjson_holds_every_item_as_it_is(lists: TestClient, path: str, query: str) -> None:
    items = items_of(lists, path, query)

    *lines, rest = file(lists, path, query, "ndjson").content.split(b"\n")

    assert [exact(line) for line in lines] == items
    assert [list(exact(line)) for line in lines] == [list(item) for item in items]
    assert rest == b""


@every_query
def test_a_workbook_holds_every_value_by_its_type(lists: TestClient, path: str, query: str) -> None:
    items = items_of(lists, path, query)

    _, *rows = sheet(file(lists, path, query, "xlsx"))

    assert [[cell(value) for value in row] for row in rows] == expected_rows(path, items, in_sheet)


@every_list
def test_another_reader_finds_the_same_and_no_formula(lists: TestClient, path: str) -> None:
    query = "notice=all" if "notice" in LISTS[path] else ""
    items = items_of(lists, path, query)

    book = openpyxl.load_workbook(io.BytesIO(file(lists, path, query, "xlsx").content))

    rows = list(book.worksheets[0].iter_rows(min_row=2))
    assert [[cell(c.value) for c in row] for row in rows] == expected_rows(path, items, in_sheet)
    cells = [c for page in book.worksheets for row in page.iter_rows() for c in row]
    assert {c.data_type for c in cells} <= set("snbd") | {"inlineStr"}
    assert not [c for c in cells if c.hyperlink]


@every_format
def test_a_file_holds_the_whole_list_and_says_how_long_it_is(lists: TestClient, format: str) -> None:
    answer = file(lists, "/measures", "", format)

    count = {"csv": lambda: len(table(answer)) - 1, "xlsx": lambda: len(sheet(answer)) - 1}
    assert count.get(format, lambda: answer.content.count(b"\n"))() == 405
    assert answer.headers["x-total-count"] == "405"
    assert "link" not in answer.headers


@every_format
def test_a_file_may_be_a_million_items_long(lists: TestClient, format: str) -> None:
    whole = file(lists, "/issues", "", format)

    assert file(lists, "/issues", "limit=1000000", format).headers["x-total-count"] == "41"
    if format != "xlsx":  # a workbook says how it was asked for
        assert file(lists, "/issues", "limit=1000000", format).content == whole.content
    refused = lists.get("/issues", params={"format": format, "limit": 1_000_001}).json()
    assert refused["errors"][0]["allowed"] == ["1 to 1000000"]


@every_format
def test_a_file_of_nothing_is_a_file(lists: TestClient, format: str) -> None:
    answer = file(lists, "/measures", "offset=405", format)

    assert answer.headers["x-total-count"] == "405"
    read: dict[str, Callable[[Response], Rows]] = {"csv": table, "xlsx": sheet, "ndjson": lambda _: [[]]}
    assert read[format](answer)[1:] == []
    assert format != "ndjson" or answer.content == b""


@pytest.mark.parametrize("query", ["limit=201", "limit=1000000", "limit=201&format=json"])
def test_a_page_of_json_stays_a_page_and_says_that_files_take_more(lists: TestClient, query: str) -> None:
    answer = lists.get(f"/issues?{query}")

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["name"], error["allowed"]) == ("limit", ["1 to 200"])
    assert "Files take more" in error["message"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("excel=true", ["excel"]),
        ("excel=false&format=json", ["excel"]),
        ("excel=true&format=xlsx", ["excel"]),
        ("excel=true&format=ndjson", ["excel"]),
        ("lang=zh", ["lang"]),
        ("lang=en&format=csv", ["lang"]),
        ("lang=en&format=ndjson", ["lang"]),
        ("lang=en&excel=true", ["excel", "lang"]),
        ("lang=fr&format=xlsx", ["lang"]),
        ("excel=1&format=csv", ["excel"]),
        ("format=xls", ["format"]),
        ("format=", ["format"]),
        ("format=csv&format=csv", ["format"]),
    ],
)
@every_list
def test_what_is_foreign_to_the_format_is_refused_by_name(
    lists: TestClient, path: str, query: str, named: list[str]
) -> None:
    answer = lists.get(path, params=parameters(path, "") | parse_qs(query, keep_blank_values=True))

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["name"] for error in answer.json()["errors"]] == named


def test_more_rows_than_a_sheet_takes_are_refused_and_never_dropped(
    lists: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(representations, "_LARGEST_SHEET", 400)

    answer = lists.get("/measures?format=xlsx&has_actor=true&notice=all"), lists.get("/measures?format=xlsx&sort=kind")

    assert [found.status_code for found in answer] == [200, 422]
    assert answer[1].json()["errors"][0]["name"] == "limit"
    for part in ("limit=400", "offset=5", "limit=400&offset=300"):
        assert len(sheet(lists.get(f"/measures?format=xlsx&sort=kind&{part}"))) in (401, 106)
    assert len(table(lists.get("/measures?format=csv&sort=kind"))) == 406


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        (BROWSER, "application/json"),
        ("application/*", "application/json"),
        ("application/json, text/csv", "application/json"),
        ("text/csv", MEDIA_TYPES["csv"]),
        ("TEXT/CSV; header=present", MEDIA_TYPES["csv"]),
        ("text/*", MEDIA_TYPES["csv"]),
        ("text/csv, application/json;q=0.9", MEDIA_TYPES["csv"]),
        ("text/csv;q=0, */*;q=0.1", "application/json"),
        ("application/json;q=0, application/*", SHEET),
        (SHEET, SHEET),
        ("application/x-ndjson", MEDIA_TYPES["ndjson"]),
        ("application/x-ndjson, */*;q=0.5", MEDIA_TYPES["ndjson"]),
    ],
)
@every_list
def test_a_client_gets_what_it_accepts_best(lists: TestClient, path: str, accept: str | None, media_type: str) -> None:
    if accept is None:
        del lists.headers["accept"]

    answer = lists.get(path, params=parameters(path, ""), headers={} if accept is None else {"Accept": accept})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert "Accept" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize("accept", ["text/html", "text/csv;q=0", "application/vnd.ms-excel, image/*"])
@every_list
def test_only_where_nothing_matches_is_a_406_that_says_what_there_is(lists: TestClient, path: str, accept: str) -> None:
    answer = lists.get(path, params=parameters(path, ""), headers={"Accept": accept})

    assert answer.status_code == 406
    assert answer.json()["errors"][0]["allowed"] == ["application/json", "text/csv", SHEET, "application/x-ndjson"]


@pytest.mark.parametrize("accept", ["image/png", "application/json", "text/csv", SHEET, "application/x-ndjson", "*/*"])
@pytest.mark.parametrize("format", ["json", *MEDIA_TYPES])
def test_the_format_outweighs_what_is_accepted(lists: TestClient, format: str, accept: str) -> None:
    answer = lists.get("/issues", params={"format": format}, headers={"Accept": accept})

    assert answer.headers["content-type"] == {"json": "application/json", **MEDIA_TYPES}[format]


@pytest.mark.parametrize("path", ["/issues/8", "/notice", "/metrics/facets", "/reconciliation", "/vocabularies"])
def test_what_is_no_list_has_no_other_format(lists: TestClient, path: str) -> None:
    assert lists.get(path, params={"format": "csv"}).json()["errors"][0]["name"] == "format"
    assert lists.get(path, headers={"Accept": "text/csv"}).status_code == 406


@every_format
@every_list
def test_a_file_has_a_chinese_name_and_a_plain_one(lists: TestClient, path: str, format: str) -> None:
    answer = file(lists, path, "", format)

    kind, plain, true = (part.strip() for part in answer.headers["content-disposition"].split(";"))
    notice = "shanghai-putuo-2024" if "notice" in LISTS[path] else "all"
    charset, _, name = true.removeprefix("filename*=").split("'")
    assert (kind, charset) == ("attachment", "UTF-8")
    assert plain == f'filename="zhenggai-{path[1:]}-{notice}.{format}"'
    before, chinese, *after = unquote(name).split("-", 2)
    assert (before, after) == ("整改数据", [f"{notice}.{format}"])
    assert chinese
    assert all("一" <= character <= "龥" for character in chinese)
    assert "Content-Disposition" in answer.headers["access-control-expose-headers"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_no_two_lists_have_the_same_name(lists: TestClient) -> None:
    named = {
        lists.get(path, params=parameters(path, "", format="csv")).headers["content-disposition"] for path in LISTS
    }

    assert len(named) == len(LISTS)


def test_a_file_of_all_notices_or_of_another_is_called_so(lists: TestClient) -> None:
    for notice in ("all", "linjiang-2025"):
        named = file(lists, "/metrics", f"notice={notice}", "csv").headers["content-disposition"]
        assert named.endswith(f"-{notice}.csv")


UNDO: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: ZstdDecompressor().decompressobj().decompress(body),
}


def undone(answer: Response) -> bytes:
    """The body as it was before it was compressed."""
    raw = b"".join(answer.iter_raw())
    return UNDO[answer.headers["content-encoding"]](raw) if "content-encoding" in answer.headers else raw


WHOLE, STREAMED = "/issues", "/statements"


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br", "zstd"])
@pytest.mark.parametrize("path", [WHOLE, STREAMED])
@every_format
def test_a_file_is_the_same_in_every_encoding_and_can_be_asked_after(
    lists: TestClient, path: str, format: str, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding}
    plain = lists.get(f"{path}?format={format}", headers={"Accept-Encoding": "identity"})
    with lists.stream("GET", f"{path}?format={format}", headers=headers) as answer:
        content = undone(answer)
    head = lists.head(f"{path}?format={format}", headers=headers)
    held = headers | {"If-None-Match": answer.headers["etag"]}
    unchanged = [lists.request(method, f"{path}?format={format}", headers=held) for method in ("GET", "HEAD")]

    assert content == plain.content
    assert answer.headers.get("content-encoding") == (None if encoding == "identity" or format == "xlsx" else encoding)
    assert dict(head.headers) == dict(answer.headers)
    assert (head.status_code, head.content) == (200, b"")
    assert [(found.status_code, found.content) for found in unchanged] == [(304, b"")] * 2
    of_a_body = {"content-type", "content-length", "content-encoding", "content-disposition"}
    rest = {name: value for name, value in answer.headers.items() if name not in of_a_body}
    assert [dict(found.headers) for found in unchanged] == [rest] * 2


def test_only_what_is_streamed_does_not_tell_its_length(lists: TestClient) -> None:
    whole, streamed = (file(lists, path, "", "csv") for path in (WHOLE, STREAMED))

    assert len(whole.content) < 2**18 < len(streamed.content)
    plain = lists.head(f"{WHOLE}?format=csv", headers={"Accept-Encoding": "identity"})
    assert plain.headers["content-length"] == str(len(whole.content))
    assert "content-length" not in streamed.headers


def test_the_tag_of_what_is_streamed_tells_files_apart(lists: TestClient) -> None:
    queries = ["format=csv", "format=ndjson", "format=csv&excel=true", "format=csv&offset=1", "notice=all&format=csv"]

    assert len({lists.get(f"{STREAMED}?{query}").headers["etag"] for query in queries}) == len(queries)


@every_list
def test_csv_for_excel_has_a_mark_and_else_the_same_values(lists: TestClient, path: str) -> None:
    plain, excel = (file(lists, path, "", "csv", excel=value) for value in ("false", "true"))

    assert excel.content.startswith(b"\xef\xbb\xbf")
    assert not plain.content.startswith(b"\xef\xbb\xbf")
    pairs = [pair for rows in zip(table(plain), table(excel), strict=True) for pair in zip(*rows, strict=True)]
    assert [(a, b) for a, b in pairs if a != b and b != f"'{a}"] == []
    assert not [b for _, b in pairs if b[:1] in tuple("=+@＝＋＠\t\r")]


FORMULAS = ['=HYPERLINK("x")', "+one", "-1 of 2", "@SUM(A1)", "plain"]


@pytest.fixture
def odd(seed: Path, tmp_path: Path) -> TestClient:
    """A client of a service whose English labels look like formulas."""
    path = seed / "shanghai-putuo-2024" / "notice.json"
    notice = json.loads(path.read_text())
    for metric, label in zip(notice["metrics"], FORMULAS, strict=False):
        metric["label_en"] = label
    write(path, notice)
    return TestClient(create_app(Settings(seed=rerelease(seed), database=tmp_path / "var")))


def test_csv_for_excel_guards_what_looks_like_a_formula(odd: TestClient) -> None:
    plain, guarded = (
        [row[table(answer)[0].index("label_en")] for row in table(answer)[1 : len(FORMULAS) + 1]]
        for answer in (file(odd, "/metrics", "", "csv"), file(odd, "/metrics", "", "csv", excel="true"))
    )

    assert plain == FORMULAS
    assert guarded == [*(f"'{text}" for text in FORMULAS[:-1]), "plain"]


def test_a_workbook_has_text_for_what_looks_like_a_formula(odd: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(file(odd, "/metrics", "", "xlsx").content))

    column = list(items_of(odd, "/metrics", "")[0]).index("label_en") + 1
    cells = [book.worksheets[0].cell(row, column) for row in range(2, len(FORMULAS) + 2)]
    assert [found.value for found in cells] == FORMULAS
    assert {found.data_type for found in cells} == {"s"}


def test_csv_for_excel_leaves_numbers_alone(lists: TestClient) -> None:
    items = items_of(lists, "/metrics", "")

    names, *rows = table(file(lists, "/metrics", "", "csv", excel="true"))

    found = [Decimal(row[names.index("value")]) for row in rows]
    assert found == [item["value"] for item in items]
    assert min(found) < 0


@pytest.mark.parametrize(("lang", "names"), [("zh", ["数据", "说明"]), ("en", ["Data", "About"])])
@every_list
def test_a_workbook_speaks_a_language_and_names_its_source(
    lists: TestClient, path: str, lang: str, names: list[str]
) -> None:
    answer = file(lists, path, "", "xlsx", lang=lang)

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    head, *rest = sheet(answer)
    about = sheet(answer, 1)
    cells = {value for row in about for value in row}
    assert book.sheetnames == names
    assert book.worksheets[0].freeze_panes == "A2"
    assert book.worksheets[0].auto_filter.ref == book.worksheets[0].dimensions
    assert len(set(head)) == len(head)
    assert any(character >= "一" for character in "".join(head)) is (lang == "zh")
    # Each column with the field's own name stands below all else.
    assert [row[:2] for row in about[-len(head) :]] == [
        list(pair) for pair in zip(head, items_of(lists, path, "")[0], strict=True)
    ]
    notice = lists.get("/notice").json()
    assert {notice["title"], notice["source_url"], notice["date"], notice["transcription_license"]} <= cells
    assert {"https://creativecommons.org/licenses/by/4.0/", notice["data_version"]} <= cells
    assert answer.request.url.raw_path.decode() in cells
    assert rest


def test_a_workbook_without_a_language_is_chinese(lists: TestClient) -> None:
    assert sheet(file(lists, "/issues", "", "xlsx"))[0] == sheet(file(lists, "/issues", "", "xlsx", lang="zh"))[0]


def test_a_workbook_of_all_notices_names_each(lists: TestClient) -> None:
    cells = {value for row in sheet(file(lists, "/metrics", "notice=all", "xlsx"), 1) for value in row}

    assert {notice["title"] for notice in lists.get("/notices").json()["items"]} <= cells


def test_files_tell_the_path_under_which_the_service_is_mounted(both_app: FastAPI) -> None:
    mounted, bare = TestClient(both_app, root_path="/data"), TestClient(both_app)

    for format in ("csv", "ndjson"):
        assert "/data/issues/1?notice=shanghai-putuo-2024" in file(mounted, "/issues", "", format).text
    assert len({client.get(f"{STREAMED}?format=csv").headers["etag"] for client in (mounted, bare)}) == 2


def test_the_tag_of_what_is_streamed_changes_with_the_public_address(tmp_path: Path) -> None:
    apps = [create_app(Settings(database=tmp_path, public_url=url)) for url in (None, "https://a.example/b")]

    assert len({TestClient(app).get(f"{STREAMED}?format=csv").headers["etag"] for app in apps}) == 2

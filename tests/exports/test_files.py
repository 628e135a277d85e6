"""Collections as files: the records of the JSON list, in the same order, whoever reads the file."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import brotli  # type: ignore[import-untyped]
import openpyxl
import pytest
from asgi import Client
from conftest import rerelease, write
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from python_calamine import CalamineWorkbook
from zstandard import ZstdDecompressor

from app.main import app, create_app
from app.routers import exports
from app.settings import Settings

Record = dict[str, Any]
Rows = list[list[Any]]

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": SHEET, "ndjson": "application/x-ndjson"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
CITATIONS = ["citation", "citation_en"]
DOCUMENT = app.openapi()
PATHS = DOCUMENT["paths"]


def query_names(path: str) -> set[str]:
    """The query parameters of an address."""
    return {p["name"] for p in PATHS[path]["get"].get("parameters", ()) if p["in"] == "query"}


def component(schema: Any) -> Any:
    """The schema that another refers to."""
    return DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]


def nested_fields(path: str) -> set[str]:
    """The fields of a list's items that hold objects."""
    page = component(PATHS[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"])
    fields = component(page["properties"]["items"]["items"])["properties"]
    objects = {name for name, schema in DOCUMENT["components"]["schemas"].items() if "properties" in schema}
    referred = {name: set(re.findall(r"schemas/(\w+)", json.dumps(field))) for name, field in fields.items()}
    return {name for name, found in referred.items() if found & objects}


# Releases are no records of a notice, and have a feed instead of files.
COLLECTIONS = [path for path in PATHS if "limit" in query_names(path) and "." not in path and path != "/changes"]
LISTS = {path: query_names(path) for path in COLLECTIONS}
FILES = [(path, suffix) for path in LISTS for suffix in MEDIA_TYPES]
NESTED = {path: nested_fields(path) for path in LISTS}
# What each is asked for beside all of it, its first items, and those of all notices.
FILTERS = {
    "/notices": [],
    "/sections": ["q=整改&role=issue", "parent=s2-3", "id=s2-1&id=s1"],
    "/categories": ["number=4&number=2"],
    "/issues": ["topic=fire_safety&topic=housing", "category=2&sort=-measure_count", "q=消防", "number=3&number=14"],
    "/statements": ["role=outcome&issue=8", "notice=all&role=commitment"],
    "/measures": ["kind=rule_made&kind=training&sort=actor", "has_actor=true&limit=30&offset=10", "notice=all&q=整改"],
    "/metrics": ["unit=person&sort=-value", "notice=all&unit=person&value_min=10&sort=value", "nature=change"],
    "/documents": ["type=plan&sort=name", "notice=all&q=方案"],
    "/organizations": ["named=true&sort=-place_count", "part=actor&limit=5"],
    "/search": ["q=整改&type=metric", "q=消防 安全", "q=fire"],
    "/indicators": [],
    "/glossary": [],
    "/numerals": ["class=metric", "class=date&section=s2-1-8"],
}
QUERIES = [
    (path, query)
    for path, taken in LISTS.items()
    for query in ["", "limit=1&offset=1", *(["notice=all"] if "notice" in taken else []), *FILTERS[path]]
]
every_list = pytest.mark.parametrize("path", LISTS)
every_query = pytest.mark.parametrize(("path", "query"), QUERIES)
every_suffix = pytest.mark.parametrize("suffix", MEDIA_TYPES)
every_file = pytest.mark.parametrize(("path", "suffix"), FILES)


def test_every_list_is_a_file_in_every_format() -> None:
    assert set(LISTS) == set(FILTERS)
    assert {f"{path}.{suffix}" for path, suffix in FILES} <= set(PATHS)


@pytest.fixture
def lists(both_app: FastAPI) -> TestClient:
    """A client of the service over both notices."""
    return Client(both_app)


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


def file(client: TestClient, path: str, query: str, suffix: str, **more: str) -> Response:
    answer = client.get(f"{path}.{suffix}", params=parameters(path, query, **more))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPES[suffix]
    return answer


def records_of(client: TestClient, path: str, query: str) -> list[Record]:
    """What the NDJSON file says."""
    *lines, rest = file(client, path, query, "ndjson").content.split(b"\n")
    assert rest == b""
    return [exact(line) for line in lines]


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
def test_ndjson_holds_every_item_as_it_is_with_its_citations(lists: TestClient, path: str, query: str) -> None:
    items, records = items_of(lists, path, query), records_of(lists, path, query)

    cited = CITATIONS if "citation" in records[0] else []
    assert [list(record) for record in records] == [[*item, *cited] for item in items]
    assert [{name: record[name] for name in item} for item, record in zip(items, records, strict=True)] == items


@every_query
def test_csv_holds_every_value_in_the_same_order(lists: TestClient, path: str, query: str) -> None:
    records = records_of(lists, path, query)

    header, *rows = table(file(lists, path, query, "csv"))

    assert header == list(records[0])
    assert rows == expected_rows(path, records, in_csv)


@every_query
def test_a_workbook_holds_every_value_by_its_type(lists: TestClient, path: str, query: str) -> None:
    records = records_of(lists, path, query)

    _, *rows = sheet(file(lists, path, query, "xlsx"))

    assert [[cell(value) for value in row] for row in rows] == expected_rows(path, records, in_sheet)


@every_list
def test_another_reader_finds_the_same_and_no_formula(lists: TestClient, path: str) -> None:
    query = "notice=all" if "notice" in LISTS[path] else ""
    records = records_of(lists, path, query)

    book = openpyxl.load_workbook(io.BytesIO(file(lists, path, query, "xlsx").content))

    rows = list(book.worksheets[0].iter_rows(min_row=2))
    assert [[cell(c.value) for c in row] for row in rows] == expected_rows(path, records, in_sheet)
    cells = [c for page in book.worksheets for row in page.iter_rows() for c in row]
    assert {c.data_type for c in cells} <= set("snbd") | {"inlineStr"}
    assert not [c for c in cells if c.hyperlink]


@every_file
def test_a_file_holds_every_row_and_says_how_many_there_are(lists: TestClient, path: str, suffix: str) -> None:
    total = lists.get(path, params=parameters(path, "limit=1")).headers["x-total-count"]

    answer = file(lists, path, "", suffix)

    assert answer.headers["x-total-count"] == total == str(len(rows_of(answer, suffix)))
    assert "link" not in answer.headers


def rows_of(answer: Response, suffix: str) -> Rows | list[bytes]:
    """The rows of a file, without its header."""
    read: dict[str, Callable[[Response], Rows]] = {"csv": table, "xlsx": sheet}
    return read[suffix](answer)[1:] if suffix in read else answer.content.splitlines()


@every_suffix
def test_a_file_may_be_a_million_rows_long(lists: TestClient, suffix: str) -> None:
    whole = file(lists, "/issues", "", suffix)

    assert file(lists, "/issues", "limit=1000000", suffix).headers["x-total-count"] == "41"
    if suffix != "xlsx":  # a workbook says how it was asked for
        assert file(lists, "/issues", "limit=1000000", suffix).content == whole.content
    refused = lists.get(f"/issues.{suffix}", params={"limit": 1_000_001}).json()
    assert refused["errors"][0]["allowed"] == ["1 to 1000000"]


@every_suffix
def test_a_file_of_nothing_is_a_file(lists: TestClient, suffix: str) -> None:
    total = lists.get("/measures").json()["total"]

    answer = file(lists, "/measures", f"offset={total}", suffix)

    assert answer.headers["x-total-count"] == str(total)
    assert rows_of(answer, suffix) == []
    assert suffix != "ndjson" or answer.content == b""


@pytest.mark.parametrize("limit", [201, 1_000_000])
@every_list
def test_a_page_of_json_stays_a_page(lists: TestClient, path: str, limit: int) -> None:
    answer = lists.get(path, params=parameters(path, f"limit={limit}"))

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["name"], error["allowed"]) == ("limit", ["1 to 200"])


OPTIONS = {"": set[str](), ".csv": {"bom", "lang"}, ".xlsx": {"lang"}, ".ndjson": set[str]()}
GIVEN = {"bom": "true", "lang": "zh", "format": "csv", "excel": "true", "nonsense": "1"}


@pytest.mark.parametrize("suffix", OPTIONS)
@every_list
def test_an_address_takes_its_own_options_and_refuses_others_by_name(lists: TestClient, path: str, suffix: str) -> None:
    address = path + suffix
    assert query_names(address) == LISTS[path] | OPTIONS[suffix]
    for name, value in GIVEN.items():
        answer = lists.get(address, params=parameters(path, "limit=1", **{name: value}))
        if name in OPTIONS[suffix]:
            assert answer.status_code == 200, (address, name)
            continue
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        (error,) = answer.json()["errors"]
        assert (error["name"], error["allowed"]) == (name, sorted(query_names(address)))


@pytest.mark.parametrize(
    ("file_query", "named"),
    [
        ("csv?bom=1", "bom"),
        ("csv?bom=", "bom"),
        ("csv?bom=true&bom=true", "bom"),
        ("csv?lang=fr", "lang"),
        ("xlsx?lang=fr", "lang"),
        ("xlsx?lang=zh&lang=en", "lang"),
        ("csv?limit=0", "limit"),
        ("csv?offset=-1", "offset"),
        ("ndjson?limit=many", "limit"),
    ],
)
@every_list
def test_a_wrong_option_is_refused_by_name(lists: TestClient, path: str, file_query: str, named: str) -> None:
    suffix, _, query = file_query.partition("?")

    answer = lists.get(f"{path}.{suffix}", params=parameters(path, "") | parse_qs(query, keep_blank_values=True))

    assert answer.status_code == 422
    assert [error["name"] for error in answer.json()["errors"]] == [named]


ALWAYS = ["notice", "uid", "url"]


def header_of(answer: Response, suffix: str) -> list[str]:
    """The fields that a file holds, in its order."""
    if suffix == "csv":
        return table(answer)[0]
    if suffix == "xlsx":
        width = len(sheet(answer)[0])
        return [row[1] for row in sheet(answer, 1)[-width:]]
    return list(exact(answer.content.splitlines()[0]))


@every_file
def test_fields_are_the_columns_in_that_order(lists: TestClient, path: str, suffix: str) -> None:
    (record,) = records_of(lists, path, "limit=1")
    always = [name for name in ALWAYS if name in record]
    others = [name for name in reversed(record) if name not in ALWAYS]
    half = len(others) // 2

    assert header_of(file(lists, path, "limit=1", suffix), suffix) == list(record)
    for given in ([",".join(others)], others, [",".join(others[:half]), *others[half:], others[0], "url"]):
        answer = lists.get(f"{path}.{suffix}", params=parameters(path, "limit=1") | {"fields": given})
        assert header_of(answer, suffix) == in_order(suffix, others, always)
    # A workbook takes long to write.
    for name in record if suffix == "csv" else others[:2]:
        answer = file(lists, path, "limit=1", suffix, fields=name)
        assert header_of(answer, suffix) == in_order(suffix, [name], always)


def in_order(suffix: str, asked: list[str], always: list[str]) -> list[str]:
    """The columns in their order: a workbook ends with what is always there, as people read from the left."""
    others = [name for name in asked if name not in always]
    return [*others, *always] if suffix == "xlsx" else [*always, *others]


def test_a_workbook_that_begins_with_a_label_keeps_it_in_view(lists: TestClient) -> None:
    for fields, frozen in (
        ("value_text,unit,label,quote", "D2"),
        ("quote,note,note_en,label", "A2"),
        ("label_en", "B2"),
    ):
        answer = file(lists, "/metrics", "limit=3", "xlsx", fields=fields)
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].freeze_panes == frozen


@every_file
def test_the_values_of_a_column_do_not_depend_on_the_others(lists: TestClient, path: str, suffix: str) -> None:
    records = records_of(lists, path, "limit=7")
    name = next(name for name in reversed(records[0]) if name not in (*ALWAYS, *CITATIONS))

    answer = file(lists, path, "limit=7", suffix, fields=name)

    if suffix == "ndjson":
        assert [exact(row)[name] for row in answer.content.splitlines()] == [record[name] for record in records]
        return
    rows, to_cell = (table(answer)[1:], in_csv) if suffix == "csv" else (sheet(answer)[1:], in_sheet)
    expected = [to_cell(record[name], name in NESTED[path]) for record in records]
    assert [cell(row[0]) if suffix == "xlsx" else row[-1] for row in rows] == expected


@every_file
def test_an_unknown_field_is_refused_with_those_there_are(lists: TestClient, path: str, suffix: str) -> None:
    (record,) = records_of(lists, path, "limit=1")
    first, *_ = record

    for given in ("nonsense", f"{first},nonsense"):
        answer = lists.get(f"{path}.{suffix}", params=parameters(path, "", fields=given))
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert (error["name"], error["allowed"]) == ("fields", list(record))
        assert "'nonsense'" in error["message"]


def test_more_rows_than_a_sheet_takes_are_refused_and_never_dropped(
    lists: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = lists.get("/measures").json()["total"]
    most = total - 5
    monkeypatch.setattr(exports, "_MOST_SHEET_ROWS", most)

    refused = lists.get("/measures.xlsx?sort=kind")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["name"] == "limit"
    for part, rows in ((f"limit={most}", most), ("offset=5", most), (f"limit={most}&offset=300", total - 300)):
        assert len(rows_of(lists.get(f"/measures.xlsx?sort=kind&{part}"), "xlsx")) == rows
    assert len(rows_of(lists.get("/measures.csv?sort=kind"), "csv")) == total


ACCEPTED = [None, "", "*/*", BROWSER, "application/json", "text/csv", SHEET, "application/x-ndjson", "image/png"]
TYPES = {"": "application/json"} | {f".{suffix}": media_type for suffix, media_type in MEDIA_TYPES.items()}


@pytest.mark.parametrize("suffix", TYPES)
@every_list
def test_an_address_has_one_media_type_whatever_is_accepted(lists: TestClient, path: str, suffix: str) -> None:
    documented = PATHS[path + suffix]["get"]["responses"]["200"]["content"]
    found = set()
    for accept in ACCEPTED:
        headers = {} if accept is None else {"Accept": accept}
        answer = lists.get(path + suffix, params=parameters(path, "limit=2"), headers=headers)
        assert answer.status_code == 200
        assert "Accept" not in answer.headers.get("vary", "").split(", ")
        found.add((answer.headers["content-type"], answer.content))

    assert [media_type for media_type, _ in found] == [TYPES[suffix]]
    assert list(documented) == [TYPES[suffix].partition(";")[0]]


@every_suffix
@pytest.mark.parametrize("path", ["/issues/8", "/notice", "/metrics/facets", "/reconciliation", "/vocabularies"])
def test_what_is_no_list_is_no_file(lists: TestClient, path: str, suffix: str) -> None:
    answer = lists.get(f"{path}.{suffix}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@every_file
def test_a_file_has_a_chinese_name_and_a_plain_one(lists: TestClient, path: str, suffix: str) -> None:
    answer = file(lists, path, "", suffix)

    kind, plain, true = (part.strip() for part in answer.headers["content-disposition"].split(";"))
    notice = "shanghai-putuo-2024" if "notice" in LISTS[path] else "all"
    charset, _, name = true.removeprefix("filename*=").split("'")
    assert (kind, charset) == ("attachment", "UTF-8")
    assert plain == f'filename="zhenggai-{path[1:]}-{notice}.{suffix}"'
    before, chinese, *after = unquote(name).split("-", 2)
    assert (before, after) == ("整改数据", [f"{notice}.{suffix}"])
    assert chinese
    assert all("一" <= character <= "龥" for character in chinese)
    assert "Content-Disposition" in answer.headers["access-control-expose-headers"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_no_two_lists_have_the_same_name(lists: TestClient) -> None:
    named = {file(lists, path, "limit=1", "csv").headers["content-disposition"] for path in LISTS}

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
@every_suffix
def test_a_file_is_the_same_in_every_encoding_and_can_be_asked_after(
    lists: TestClient, path: str, suffix: str, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding}
    plain = lists.get(f"{path}.{suffix}", headers={"Accept-Encoding": "identity"})
    with lists.stream("GET", f"{path}.{suffix}", headers=headers) as answer:
        content = undone(answer)
    head = lists.head(f"{path}.{suffix}", headers=headers)
    held = headers | {"If-None-Match": answer.headers["etag"]}
    unchanged = [lists.request(method, f"{path}.{suffix}", headers=held) for method in ("GET", "HEAD")]

    assert content == plain.content
    assert answer.headers.get("content-encoding") == (None if encoding == "identity" or suffix == "xlsx" else encoding)
    assert dict(head.headers) == dict(answer.headers)
    assert (head.status_code, head.content) == (200, b"")
    assert [(found.status_code, found.content) for found in unchanged] == [(304, b"")] * 2
    of_a_body = {"content-type", "content-length", "content-encoding", "content-disposition"}
    rest = {name: value for name, value in answer.headers.items() if name not in of_a_body}
    assert [dict(found.headers) for found in unchanged] == [rest] * 2


@pytest.mark.parametrize("path", [WHOLE, STREAMED])
def test_the_length_is_told_right_or_not_at_all(lists: TestClient, path: str) -> None:
    plain = lists.get(f"{path}.csv", headers={"Accept-Encoding": "identity"})

    assert (len(plain.content) > 2**18) is (path == STREAMED)
    assert plain.headers.get("content-length", str(len(plain.content))) == str(len(plain.content))


def test_the_tag_of_what_is_streamed_tells_files_apart(lists: TestClient) -> None:
    files = ["csv", "ndjson", "csv?bom=true", "csv?lang=en", "csv?offset=1", "csv?notice=all", "csv?fields=text"]

    assert len({lists.get(f"{STREAMED}.{found}").headers["etag"] for found in files}) == len(files)


@every_list
def test_csv_for_excel_has_a_mark_and_else_the_same_values(lists: TestClient, path: str) -> None:
    plain, excel = (file(lists, path, "", "csv", bom=value) for value in ("false", "true"))

    assert excel.content.startswith(b"\xef\xbb\xbf")
    assert not plain.content.startswith(b"\xef\xbb\xbf")
    pairs = [pair for rows in zip(table(plain), table(excel), strict=True) for pair in zip(*rows, strict=True)]
    assert [(a, b) for a, b in pairs if a != b and b != f"'{a}"] == []
    assert not [b for _, b in pairs if b[:1] in tuple("=+@＝＋＠\t\r")]


@every_list
def test_csv_is_headed_in_the_language_that_is_asked_for_as_a_workbook_is(lists: TestClient, path: str) -> None:
    for lang in ("zh", "en"):
        headed, bare = file(lists, path, "", "csv", lang=lang), file(lists, path, "", "csv")
        assert table(headed)[0] == sheet(file(lists, path, "", "xlsx", lang=lang))[0]
        assert table(headed)[1:] == table(bare)[1:]


FORMULAS = ['=HYPERLINK("x")', "+one", "-1 of 2", "@SUM(A1)", "plain"]


@pytest.fixture
def odd(seed: Path, tmp_path: Path) -> TestClient:
    """A client of a service whose English labels look like formulas."""
    path = seed / "shanghai-putuo-2024" / "notice.json"
    notice = json.loads(path.read_text())
    for metric, label in zip(notice["metrics"], FORMULAS, strict=False):
        metric["label_en"] = label
    write(path, notice)
    return Client(create_app(Settings(seed=rerelease(seed), database=tmp_path / "var")))


def test_csv_for_excel_guards_what_looks_like_a_formula(odd: TestClient) -> None:
    plain, guarded = (
        [row[table(answer)[0].index("label_en")] for row in table(answer)[1 : len(FORMULAS) + 1]]
        for answer in (file(odd, "/metrics", "", "csv"), file(odd, "/metrics", "", "csv", bom="true"))
    )

    assert plain == FORMULAS
    assert guarded == [*(f"'{text}" for text in FORMULAS[:-1]), "plain"]


def test_a_workbook_has_text_for_what_looks_like_a_formula(odd: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(file(odd, "/metrics", "", "xlsx").content))

    column = list(records_of(odd, "/metrics", "limit=1")[0]).index("label_en") + 1
    cells = [book.worksheets[0].cell(row, column) for row in range(2, len(FORMULAS) + 2)]
    assert [found.value for found in cells] == FORMULAS
    assert {found.data_type for found in cells} == {"s"}


def test_csv_for_excel_leaves_numbers_alone(lists: TestClient) -> None:
    items = items_of(lists, "/metrics", "")

    names, *rows = table(file(lists, "/metrics", "", "csv", bom="true"))

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
        list(pair) for pair in zip(head, records_of(lists, path, "limit=1")[0], strict=True)
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
    mounted, bare = Client(both_app, root_path="/data"), Client(both_app)

    for suffix in ("csv", "ndjson"):
        assert "/data/issues/1?notice=shanghai-putuo-2024" in file(mounted, "/issues", "", suffix).text
    assert len({client.get(f"{STREAMED}.csv").headers["etag"] for client in (mounted, bare)}) == 2


def test_the_tag_of_what_is_streamed_changes_with_the_public_address(tmp_path: Path) -> None:
    apps = [create_app(Settings(database=tmp_path, public_url=url)) for url in (None, "https://a.example/b")]

    assert len({Client(app).get(f"{STREAMED}.csv").headers["etag"] for app in apps}) == 2

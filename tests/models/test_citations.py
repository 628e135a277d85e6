"""Citations: what a journalist or scholar pastes, in both languages, says which words stand where, and leads there."""

import html
import re
from typing import Any

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import Record, everything

from app.main import app, create_app
from app.models.decimal import parse_json
from app.settings import Settings

COLLECTIONS = [
    "notices",
    "sections",
    "categories",
    "issues",
    "statements",
    "measures",
    "metrics",
    "documents",
    "organizations",
    "numerals",
]
WITH_PAGES = {*COLLECTIONS} - {"numerals"}
PUBLIC = "https://data.example/open"
CITATIONS = {"citation": "zh", "citation_en": "en"}
HALF = re.compile("[,;:!?]")
every_collection = pytest.mark.parametrize("name", COLLECTIONS)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of the service with a public address."""
    settings = Settings(database=tmp_path_factory.mktemp("public"), public_url=PUBLIC)
    return Client(create_app(settings))


def cited(client: TestClient, name: str, query: str = "") -> list[Record]:
    """Every record of a collection with its citations, as its file gives them."""
    return [parse_json(line) for line in client.get(f"/{name}.ndjson{query}").content.splitlines()]


def address(citation: str) -> str:
    """The address at the end of a citation."""
    found = re.search(r"[^\s，]+$", citation)
    assert found
    return found[0]


def test_a_figure_is_cited_by_notice_date_place_quote_version_and_address(client: TestClient) -> None:
    metric = client.get("/metrics/rd-spending-increase").json()
    notice = client.get("/notice").json()

    assert metric["citation"] == (
        f"《{notice['title']}》，2024年7月26日，原文序号二、(一)8，字符位置{metric['start']}–{metric['end']}："
        f"“{metric['quote']}”整改数据，数据版本{notice['data_version']}，/zh{metric['url']}"
    )
    assert metric["citation_en"] == (
        f"{notice['title_en']} [unofficial translation of 《{notice['title']}》], 26 July 2024, section 二、(一)8, "
        f"character offsets {metric['start']}–{metric['end']}: “{metric['quote']}” "
        f"Zhenggai, data version {notice['data_version']}, /en{metric['url']}"
    )


def test_the_notice_itself_is_cited_without_a_place(client: TestClient) -> None:
    notice = client.get("/notice").json()

    assert notice["citation"].startswith(f"《{notice['title']}》，2024年7月26日。整改数据，")
    assert "offsets" not in notice["citation_en"]


def test_the_contact_lines_are_cited_from_the_first_as_far_as_the_last(client: TestClient) -> None:
    contact = client.get("/contact").json()

    first, last = contact["lines"][0], contact["lines"][-1]
    assert f"字符位置{first['start']}–{last['end']}：“{first['text']}" in contact["citation"]
    assert f"character offsets {first['start']}–{last['end']}: “{first['text']}" in contact["citation_en"]


@every_collection
def test_a_record_asked_for_by_itself_is_cited_as_in_the_file(client: TestClient, name: str) -> None:
    for record in cited(client, name):
        alone = client.get(record["url"]).json()
        assert {field: alone[field] for field in CITATIONS} == {field: record[field] for field in CITATIONS}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@every_collection
def test_every_file_has_the_citations_as_columns(client: TestClient, name: str, suffix: str) -> None:
    described = app.openapi()["paths"][f"/{name}.{suffix}"]["get"]["parameters"]

    assert set(CITATIONS) <= set(field_names(described))
    if suffix == "csv":
        header = client.get(f"/{name}.csv?limit=1").text.partition("\r\n")[0].split(",")
        assert set(CITATIONS) <= set(header)


def field_names(parameters: list[dict[str, Any]]) -> list[str]:
    """What the parameter `fields` takes."""
    (fields,) = (parameter["schema"] for parameter in parameters if parameter["name"] == "fields")
    component = app.openapi()["components"]["schemas"][fields["items"]["$ref"].rpartition("/")[2]]
    names: list[str] = component["enum"]
    return names


def keys(value: Any) -> set[str]:
    """Every key in an answer, at whatever depth."""
    if isinstance(value, list):
        return {key for item in value for key in keys(item)}
    if not isinstance(value, dict):
        return set()
    return set(value) | {key for item in value.values() for key in keys(item)}


@pytest.mark.parametrize("name", [*COLLECTIONS, "search", "indicators", "glossary"])
def test_no_item_of_a_list_is_cited(client: TestClient, name: str) -> None:
    query = {"q": "整改"} if name == "search" else {}

    assert not keys(everything(client, f"/{name}", query)) & set(CITATIONS)


@every_collection
def test_nothing_within_a_record_is_cited(client: TestClient, name: str) -> None:
    for record in everything(client, f"/{name}"):
        alone = client.get(record["url"]).json()
        assert not keys(list(alone.values())) & set(CITATIONS)


@every_collection
def test_every_record_is_cited_in_the_punctuation_of_the_language(client: TestClient, name: str) -> None:
    for record in cited(client, name):
        chinese, english = record["citation"], record["citation_en"]
        ours = re.sub("“.*”|《.*?》", "", chinese).partition("数据版本")[0]
        assert not HALF.search(ours), chinese
        assert "。”。" not in chinese
        for text in (chinese, english):
            assert text.count("“") == text.count("”") <= 1, text


@every_collection
def test_the_address_is_that_of_the_page_in_the_language_or_of_the_data(client: TestClient, name: str) -> None:
    for record in cited(client, name):
        for field, language in CITATIONS.items():
            found = address(record[field])
            assert found.startswith(f"/{language}/") if name in WITH_PAGES else found == record["url"]
            assert f"notice={record['notice']}" in found


@every_collection
def test_every_address_answers_and_has_its_anchor(both_app: FastAPI, name: str) -> None:
    client, pages = Client(both_app), dict[str, set[str]]()
    for record in cited(client, name, "" if name == "notices" else "?notice=all"):
        for field in CITATIONS:
            page, _, anchor = address(record[field]).partition("#")
            if page not in pages:
                answer = client.get(page)
                assert answer.status_code == 200, page
                pages[page] = {html.unescape(id) for id in re.findall(r'\bid="([^"]+)"', answer.text)}
            assert not anchor or anchor in pages[page], (page, anchor)


@every_collection
def test_addresses_are_absolute_where_the_public_one_is_known(
    client: TestClient, public: TestClient, name: str
) -> None:
    pairs = list(zip(cited(client, name), cited(public, name), strict=True))

    for here, there in pairs:
        for field in CITATIONS:
            assert address(there[field]) == f"{PUBLIC}{address(here[field])}"
    alone = public.get(pairs[0][1]["url"]).json()
    assert {field: alone[field] for field in CITATIONS} == {field: pairs[0][1][field] for field in CITATIONS}


def test_the_contact_lines_and_the_notice_have_absolute_addresses_too(public: TestClient) -> None:
    for path in ("/notice", "/contact"):
        body = public.get(path).json()
        assert all(address(body[field]).startswith(f"{PUBLIC}/") for field in CITATIONS)


def test_addresses_are_under_the_mount_where_no_public_one_is_known(seed_app: FastAPI) -> None:
    mounted = Client(seed_app, root_path="/open")

    assert address(mounted.get("/metrics/rules-new").json()["citation"]).startswith("/open/zh/metrics/rules-new?")
    assert address(mounted.get("/numerals/n1").json()["citation_en"]).startswith("/open/numerals/n1?")


def test_a_quote_that_goes_on_says_so(client: TestClient) -> None:
    for section in cited(client, "sections"):
        text = (section["text"] or "").strip()
        if not text or f"“{quoted(section)}" not in section["citation"]:
            continue
        assert ("……”" in section["citation"]) == (len(text.partition("\n")[0]) > 120 or "\n" in text)


def quoted(section: Record) -> str:
    """How the citation of a section's own text begins: quotation marks within are single."""
    marks = str.maketrans("“”", "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")
    return str(section["text"]).strip().translate(marks)[:20]

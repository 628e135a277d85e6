"""Lists on pages are the API's lists: the same records in the same order, with counts, pages, files, fixed links."""

import html
import io
import re
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from app.pages.language import MESSAGES

QUERIES = [
    "/issues",
    "/issues?topic=housing&topic=industry",
    "/issues?q=安全&sort=-measure_count",
    "/issues?kind=accountability&has_metrics=true",
    "/issues?limit=5&offset=10",
    "/measures",
    "/measures?kind=meeting&has_actor=true",
    "/measures?actor=区纪委监委&offset=2",
    "/measures?q=培训&sort=kind",
    "/metrics",
    "/metrics?unit=person&value_min=10&sort=-value",
    "/metrics?qualifier=more_than&qualifier=at_least",
    "/metrics?period=unstated&nature=change",
    "/metrics?year=2023&has_note=true",
    "/measures?directive=urged&directive=prompted&directed=true",
    "/measures?sanction=recommendation_issued",
    "/documents",
    "/documents?type=rule&act=revised&sort=name",
    "/documents?q=制度&has_issuer=false",
    "/organizations",
    "/organizations?named=false&part=actor",
    "/organizations?q=district&type=party_committee",
]
every_query = pytest.mark.parametrize("query", QUERIES)
every_language = pytest.mark.parametrize("language", ["zh", "en"])
LIMITS = {"/issues": 50, "/measures": 50, "/metrics": 100, "/documents": 50, "/organizations": 50}


def records(client: TestClient, query: str) -> dict[str, Any]:
    path = query.partition("?")[0]
    limited = query if "limit" in query else f"{query}{'&' if '?' in query else '?'}limit={LIMITS[path]}"
    page: dict[str, Any] = client.get(limited).json()
    return page


def shown(page: str) -> list[str]:
    """The ids of the records that a page of a list shows, in its order."""
    items = re.findall(r'<li class="(?:card|row|row grouped)">.*?href="([^"]+)"', page, re.DOTALL)
    return [html.unescape(link).partition("?")[0].rpartition("#")[2].rpartition("/")[2] for link in items]


def key(record: dict[str, Any]) -> str:
    return str(record["number"] if "topics" in record else record["id"])


@every_language
@every_query
def test_a_page_shows_what_the_api_answers(client: TestClient, language: str, query: str) -> None:
    page, answer = client.get(f"/{language}{query}").text, records(client, query)

    assert shown(page) == [key(record) for record in answer["items"]]
    assert re.search(rf'class="count"[^>]*>[^<]*(?<!\d){answer["total"]}(?!\d)', page)


@every_query
def test_files_and_the_fixed_link_hold_just_what_is_shown(client: TestClient, query: str) -> None:
    page = client.get(f"/zh{query}").text
    files = [html.unescape(link) for link in re.findall(r'href="([^"]+)" download', page)]
    fixed = re.findall(r'class="address" href="([^"]+)"', page)

    assert len(files) == 3
    whole = client.get(re.sub(r"[?&](limit|offset)=\d+", "", query).replace("issues&", "issues?")).json()["total"]
    for link in files:
        plain = re.sub(r"\.(csv|xlsx|ndjson)", "", re.sub(r"[?&](?:(?:bom|lang)=\w+|fields=[^&]+)", "", link))
        first, _, rest = plain.partition("&")
        plain = f"{first}?{rest}" if rest and "?" not in first else plain
        assert client.get(plain).json()["total"] == whole
    assert shown(client.get(html.unescape(fixed[0])).text) == shown(page)


@every_language
@every_query
def test_a_filter_says_how_many_there_would_be(client: TestClient, language: str, query: str) -> None:
    page = client.get(f"/{language}{query}").text
    path, _, asked = query.partition("?")
    asked = re.sub(r"&?(limit|offset|sort)=[^&]*", "", asked)
    facets = client.get(f"{path}/facets?{asked}").json()["facets"]
    boxes = re.findall(r'name="(\w+)" value="([^"]*)"( checked)?> <span>.*?class="n">(\d+)<', page)

    assert boxes
    for name, value, _, count in boxes:
        counts = {str(one["value"]): one["count"] for one in facets[name]}
        assert int(count) == counts.get(html.unescape(value), 0), (name, value)
    for name, value, checked, _ in boxes:
        assert bool(checked) == (f"{name}={html.unescape(value)}" in query.replace("?", "&").split("&"))


def test_every_page_of_a_list_can_be_reached(client: TestClient) -> None:
    first = client.get("/zh/measures?kind=meeting&limit=10").text
    pages = re.search(r'<nav class="pages".*?</nav>', first, re.DOTALL)
    assert pages
    found = [shown(client.get(html.unescape(link)).text) for link in re.findall(r'href="([^"]+)"', pages[0])]

    everything = client.get("/measures?kind=meeting&limit=200").json()["items"]
    assert [id for ids in found for id in ids] == [record["id"] for record in everything]


@every_language
def test_words_that_were_looked_for_are_marked(client: TestClient, language: str) -> None:
    for path in ("/issues", "/measures", "/metrics", "/search"):
        page = client.get(f"/{language}{path}", params={"q": "群租"}).text
        assert "<mark>群租</mark>" in page, path


def test_a_control_is_not_needed_for_a_filter_to_be_kept(client: TestClient) -> None:
    page = client.get("/zh/metrics?year=2023&indicator=rules_new&sort=unit&sort=value").text

    for name, value in (("year", "2023"), ("indicator", "rules_new"), ("sort", "value")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


@pytest.mark.parametrize("path", sorted(LIMITS))
def test_every_filter_of_the_api_has_a_name_on_the_page(client: TestClient, path: str) -> None:
    parameters = client.get("/openapi.json").json()["paths"][path]["get"]["parameters"]
    names = {parameter["name"] for parameter in parameters} - {"limit", "offset", "sort", "notice", "fields"}

    assert {name for name in names if f"filter_{name}" not in MESSAGES["zh"]} == set()


def test_a_select_keeps_the_other_values_of_its_parameter(client: TestClient) -> None:
    page = client.get("/en/organizations?part=actor&part=target").text

    assert '<option value="actor" selected>' in page
    assert '<input type="hidden" name="part" value="target">' in page


def test_a_workbook_of_figures_opens_on_the_figure_and_keeps_its_label_in_view(client: TestClient) -> None:
    for language in ("zh", "en"):
        page = client.get(f"/{language}/metrics?unit=person").text
        link = next(html.unescape(link) for link in re.findall(r'href="([^"]+)" download', page) if ".xlsx" in link)
        sheet = openpyxl.load_workbook(io.BytesIO(client.get(link).content)).worksheets[0]
        head = [cell.value for cell in sheet[1]]

        assert sheet.freeze_panes == "D2"
        assert next(str(cell.value) for cell in sheet[2]).endswith(("人", "名"))
        assert len(head) == len(client.get("/metrics.csv?limit=1").text.partition("\r\n")[0].split(","))


@every_language
def test_measures_stand_under_their_issue(client: TestClient, language: str) -> None:
    page = client.get(f"/{language}/measures?limit=200").text
    measures = client.get("/measures?limit=200").json()["items"]
    parts = re.findall(
        r'<li class="group">.*?issues/(\d+)"|<li class="row grouped">.*?href="[^"]*#([^"]+)"', page, re.DOTALL
    )

    issue, found = "", []
    for number, id in parts:
        issue = number or issue
        if id:
            found.append((issue, id))
    assert found == [(str(m["issue_number"]), m["id"]) for m in measures if m["issue_number"]][: len(found)]
    assert '<li class="group">' not in client.get(f"/{language}/measures?sort=kind").text


def test_categories_are_offered_in_the_notice_s_order(client: TestClient) -> None:
    for path in ("/issues", "/measures", "/metrics"):
        page = client.get(f"/zh{path}").text
        assert re.findall(r'name="category" value="(\d)"', page) == ["1", "2", "3", "4"]

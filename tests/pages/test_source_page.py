"""The marked source: the notice and nothing else, with a way from each figure to its record and back."""

import hashlib
import html
import re

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import everything
from playwright.sync_api import Page, expect

NOTICES = ["shanghai-putuo-2024", "linjiang-2025"]


@pytest.fixture
def clients(both_app: FastAPI) -> TestClient:
    """A client of a service over two notices."""
    return Client(both_app)


def text_of(page: str) -> str:
    """The element that holds the source, with its tags."""
    found = re.search(r'<article class="print text"[^>]*>(.*?)</article>', page, re.DOTALL)
    assert found
    return found[1]


def untagged(marked: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", marked))


def anchors(page: str) -> list[str]:
    return re.findall(r' id="([^"]*)"', page)


def test_without_its_tags_the_text_is_the_source(clients: TestClient) -> None:
    for notice in NOTICES:
        sha256 = clients.get("/notice", params={"notice": notice}).json()["source_sha256"]
        for language in ("zh", "en"):
            page = clients.get(f"/{language}/source", params={"notice": notice}).text

            assert hashlib.sha256(untagged(text_of(page)).encode()).hexdigest() == sha256


def test_each_printed_figure_is_marked_once_and_leads_to_its_record(clients: TestClient) -> None:
    for notice in NOTICES:
        metrics = everything(clients, "/metrics", {"notice": notice})
        marked = text_of(clients.get("/zh/source", params={"notice": notice}).text)
        marks = re.findall(r'<a class="figure" id="metric-([^"]*)" href="([^"?]*)[^>]*>([^<]*)</a>', marked)
        records = {metric["id"]: metric for metric in metrics}

        assert len(marks) == len({(m["value_start"], m["value_end"]) for m in metrics})
        for id, href, text in marks:
            assert (href, text) == (f"/zh/metrics/{id}", records[id]["value_text"])


def test_everything_that_has_a_place_has_an_anchor_of_its_own(clients: TestClient) -> None:
    for notice in NOTICES:
        page = clients.get("/en/source", params={"notice": notice}).text
        found = anchors(page)
        sections, statements, metrics = (
            everything(clients, path, {"notice": notice}) for path in ("/sections", "/statements", "/metrics")
        )
        wanted = [one["id"] for one in sections + statements] + [f"metric-{one['id']}" for one in metrics]

        assert len(found) == len(set(found))
        assert set(wanted) <= set(found)


def test_the_contents_lead_to_every_heading(client: TestClient) -> None:
    titled = [section["id"] for section in everything(client, "/sections") if section["title"]]
    page = client.get("/en/source").text

    assert re.findall(r'<li class="depth-\d"><a href="#([^"]*)"', page) == titled
    assert re.findall(r'<h[2-5] id="([^"]*)"', text_of(page)) == titled


def test_a_statement_s_anchor_holds_its_words(client: TestClient) -> None:
    marked = text_of(client.get("/zh/source").text)
    for statement in everything(client, "/statements"):
        held = re.search(rf'<span id="{statement["id"]}"[^>]*>(.*?)</span>', marked)

        assert held
        assert untagged(held[1]) == statement["text"]


def test_an_issue_s_number_leads_to_the_issue(client: TestClient) -> None:
    marked = text_of(client.get("/zh/source").text)
    numbers = re.findall(r'<a class="number" href="/zh/issues/(\d+)"[^>]*>([^<]*)</a>', marked)
    issues = everything(client, "/issues")

    assert numbers == [(str(issue["number"]), issue["marker"]) for issue in issues]


def test_the_data_of_the_page_is_the_plain_source(client: TestClient) -> None:
    page = client.get("/zh/source").text

    assert 'href="/source.txt?notice=shanghai-putuo-2024"' in page


def test_from_a_figure_to_its_record_and_back(bare_page: Page) -> None:
    bare_page.goto("/zh/source")
    bare_page.locator("#metric-institute-firm-collaborations").click()
    expect(bare_page).to_have_url(re.compile("/zh/metrics/institute-firm-collaborations$"))

    bare_page.locator('main a[href^="/zh/source?span="]').first.click()

    expect(bare_page.locator("#span")).to_be_in_viewport()


def test_the_contents_are_navigable(page: Page) -> None:
    page.goto("/en/source")
    page.get_by_role("link", name="Arrangements for the next steps").click()

    expect(page.locator("#s3")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=2, name="三、下一步工作安排")).to_be_visible()

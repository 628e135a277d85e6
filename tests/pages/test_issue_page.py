"""An issue as one text: nothing left out, clause by clause, with what is read in each, linked, quotable, translated."""

import html
import re
from collections.abc import Iterator

import pytest
from asgi import Client
from conftest import SECOND
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import Record, everything
from playwright.sync_api import Page, expect

every_language = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture(scope="module")
def client(both_app: FastAPI) -> Iterator[TestClient]:
    with Client(both_app) as client:
        yield client


def issues(client: TestClient) -> Iterator[tuple[Record, dict[str, str]]]:
    for notice in ({}, {"notice": SECOND}):
        for issue in everything(client, "/issues", notice):
            yield issue, notice


def clauses(page: str) -> list[str]:
    return re.findall(r'<li id="[^"]+" class="(?:measure|outcome|commitment)">.*?</li>', page, re.DOTALL)


def print_of(clause: str) -> str:
    found = re.search(r'<p class="print" lang="zh-CN">(.*?)</p>', clause, re.DOTALL)
    assert found
    return found[1]


def plain(markup: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", markup))


@every_language
def test_the_clauses_are_the_whole_text_and_each_figure_in_it_is_linked(client: TestClient, language: str) -> None:
    for issue, notice in issues(client):
        page = client.get(f"/{language}/issues/{issue['number']}", params=notice).text
        metrics = client.get(f"/issues/{issue['number']}", params=notice).json()["metrics"]
        prints = [print_of(clause) for clause in clauses(page)]

        assert "".join(map(plain, prints)) == issue["text"]
        marked = re.findall(r'<a class="figure"[^>]*>([^<]*)</a>', "".join(prints))
        inside = {
            (m["value_start"], m["value_text"]) for m in metrics if issue["start"] <= m["value_start"] < issue["end"]
        }
        assert marked == [text for _, text in sorted(inside)]


@every_language
def test_each_clause_has_its_role_kind_verb_actor_and_link(client: TestClient, language: str) -> None:
    for number in (8, 14, 26):
        statements = everything(client, "/statements", {"issue": number})
        measures = {m["id"]: m for m in client.get(f"/issues/{number}").json()["measures"]}
        shown = clauses(client.get(f"/{language}/issues/{number}").text)

        assert len(shown) == len(statements)
        for clause, statement in zip(shown, statements, strict=True):
            assert f'<a class="pin" href="#{statement["id"]}"' in clause
            assert f'data-clause="{statement["id"]}"' in clause
            if language == "en":
                assert statement["text_en"] in plain(clause)
            if measure := measures.get(statement["id"]):
                assert f"kind={measure['kind']}" in clause
                assert (f"directive={measure['directive_code']}" in clause) == bool(measure["directive"])
                assert (measure["actor"] or "") in plain(clause)


def test_an_english_reader_reads_who_acts_in_english(client: TestClient) -> None:
    page = client.get("/en/measures", params={"actor": "区纪委监委"}).text

    name = client.get("/organizations/district-discipline-supervision-commission").json()["name_en"]
    assert re.search(rf'{re.escape(html.escape(name))} <span lang="zh-CN">区纪委监委</span>', page)


def test_terms_are_marked_once_in_an_issue(client: TestClient) -> None:
    page = client.get("/en/issues/26").text
    found = re.findall(r'<a class="term" href="/en/glossary#([^"]+)"', page)

    assert found
    assert len(found) == len(set(found))


def test_the_citation_and_the_place_give_one_range(client: TestClient) -> None:
    for issue, notice in issues(client):
        alone = client.get(f"/issues/{issue['number']}", params=notice).json()
        page = client.get(f"/zh/issues/{issue['number']}", params=notice).text
        place = f"字符位置{issue['title_start']}–{issue['end']}"

        assert f"{place}，共" in page
        assert f"{place}：“" in alone["citation"]
        assert f"span={issue['title_start']}-{issue['end']}" in page


def test_a_clause_is_copied_with_where_it_is_from(page: Page, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/en/issues/14")
    page.locator("#m14-1").get_by_role("button", name="Copy").click()
    expect(page.locator("#m14-1").get_by_role("button", name="Copied")).to_be_visible()

    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0] == "“多次召开会议进行部署强调。”"
    assert lines[1].startswith("Held meetings many times")
    assert "2024-07-26, issue 14" in lines[2]
    assert lines[3] == f"{server}/en/issues/14#m14-1"


def test_the_side_stays_beside_the_text(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/zh/issues/14")
    clauses = page.locator(".clauses li")
    clauses.nth(clauses.count() // 2).evaluate("clause => clause.scrollIntoView()")

    expect(page.locator("#metrics-title")).to_be_in_viewport()

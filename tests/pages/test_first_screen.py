"""The first page answers what people ask first, from the data, and shows every issue; the header leads everywhere."""

import html
import re
from typing import Any

import pytest
from asgi import Client
from browsing import Open
from conftest import SECOND
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import everything
from playwright.sync_api import Page, expect

every_language = pytest.mark.parametrize("language", ["zh", "en"])


def words(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", page)))


@every_language
def test_the_totals_stand_with_what_the_notice_leaves_open(client: TestClient, language: str) -> None:
    page = client.get(f"/{language}/").text
    found = re.search(r'<ul class="answers">(.*?)</ul>', page, re.DOTALL)
    assert found
    answers = [words(answer) for answer in re.findall(r"<li>.*?</li>", found[1], re.DOTALL)]

    expected = {
        "zh": ["39 / 41 个问题", "通报没有说是哪几个", "5 人被立案", "16 人次受组织处理", "通报没有说"],
        "en": ["39 of 41 issues", "The notice does not say which ones", "5 people", "16 person-times", "does not say"],
    }
    assert len(answers) == 3
    assert all(any(text in answer for answer in answers) for text in expected[language])


@every_language
def test_another_notice_is_answered_from_its_own_data(both_app: FastAPI, language: str) -> None:
    with Client(both_app) as client:
        totals = client.get("/notice", params={"notice": SECOND}).json()["totals"]
        page = client.get(f"/{language}/", params={"notice": SECOND}).text
        found = re.search(r'<ul class="answers">(.*?)</ul>', page, re.DOTALL)
        assert found
        answers = words(found[1])

        done, whole = totals["issues_done"]["value"], totals["issues_total"]["value"]
        assert (f"{done} of {whole}" if language == "en" else f"{done} / {whole}") in answers
        assert "persons_case_filed" not in totals
        assert answers.count("<li>") == found[1].count("立案") == found[1].count("cases filed") == 0


@every_language
def test_every_issue_has_a_cell_that_tells_its_measures_and_figures(client: TestClient, language: str) -> None:
    issues = everything(client, "/issues")
    page = client.get(f"/{language}/").text
    cells = re.findall(rf'<a href="/{language}/issues/(\d+)" title="([^"]*)"( class="figured")?>', page)

    assert [int(number) for number, _, _ in cells] == [issue["number"] for issue in issues]
    for (_, title, figured), issue in zip(cells, issues, strict=True):
        name = issue["title"] if language == "zh" else issue["title_en"]
        assert name in html.unescape(title)
        assert re.findall(r"\d+", title.partition(html.escape(name)[-3:])[2])[-2:] == [
            str(issue["measure_count"]),
            str(issue["metric_count"]),
        ]
        assert bool(figured) == bool(issue["metric_count"])
    without = sum(issue["metric_count"] == 0 for issue in issues)
    assert re.search(rf"\b{without}\b", words(page))


@every_language
def test_on_a_phone_the_answers_are_on_the_first_screen(open_page: Open, language: str) -> None:
    with open_page(viewport={"width": 375, "height": 740}) as page:
        page.goto(f"/{language}/")
        boxes: list[Any] = [answer.bounding_box() for answer in page.locator(".answers li").all()]

        assert len(boxes) == 3
        assert max(box["y"] + box["height"] for box in boxes) < 740


def test_the_menu_of_a_phone_leads_to_every_page_from_deep_down(open_page: Open) -> None:
    with open_page(viewport={"width": 375, "height": 740}, java_script_enabled=False) as page:
        page.goto("/zh/source#s3")
        page.locator(".more summary").click()
        menu = page.get_by_role("navigation", name="全部页面")

        expect(menu.get_by_role("link", name="原文")).to_have_attribute("aria-current", "page")
        menu.get_by_role("link", name="数字").click()
        expect(page.locator("h1")).to_have_text("数字")


def test_search_is_in_the_header_of_every_page(open_page: Open) -> None:
    with open_page(locale="zh-CN", java_script_enabled=False, viewport={"width": 1440, "height": 900}) as page:
        page.goto("/zh/issues/14")
        page.locator("header").get_by_role("searchbox").fill("群租")
        page.keyboard.press("Enter")

        expect(page.locator("#results mark").first).to_have_text("群租")


def test_the_latest_change_and_every_file_are_told(client: TestClient, page: Page) -> None:
    change = client.get("/changes?limit=1").json()["items"][0]
    page.goto("/zh/")
    expect(page.locator("section", has_text="最近的变化").last).to_contain_text(change["summary"])
    page.get_by_role("link", name="全部变化").click()

    assert page.url.endswith("/zh/download#changes")
    files = {file["url"] for file in client.get("/dataset").json()["files"]}
    links = page.eval_on_selector_all("a[download]", "links => links.map(link => link.getAttribute('href'))")
    assert files <= set(links)


def test_the_contact_lines_are_as_printed(client: TestClient) -> None:
    lines = client.get("/contact").json()["lines"]
    for language in ("zh", "en"):
        page = client.get(f"/{language}/contact").text
        for line in lines:
            assert line["text"] in html.unescape(page)
            assert not line["uri"] or f'href="{html.escape(line["uri"])}"' in page

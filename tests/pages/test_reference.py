"""The API's reference in a real browser: it renders in the layout of the pages, and asks no other host for anything."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.main import app

SCREENS = [pytest.param("zh", "light", 1440, marks=pytest.mark.proof), ("en", "dark", 375)]
every_door = pytest.mark.parametrize(
    "path", ["/zh/docs", *(pytest.param(path, marks=pytest.mark.proof) for path in ("/docs", "/en/docs"))]
)


@every_door
def test_the_whole_reference_is_there(page: Page, path: str) -> None:
    page.goto(path)

    expect(page.locator(".intro h1")).to_have_text("接口文档" if path == "/zh/docs" else "API reference")
    expect(page.locator(".opblock")).to_have_count(len(app.openapi()["paths"]))


@pytest.mark.parametrize(("language", "scheme", "width"), SCREENS)
def test_axe_finds_nothing_in_it_open_or_closed_light_or_dark(
    open_page: Any, axe: Callable[[Page], list[str]], language: str, scheme: str, width: int
) -> None:
    with open_page(color_scheme=scheme, viewport={"width": width, "height": 900}) as page:
        page.goto(f"/{language}/docs")
        expect(page.locator(".opblock")).to_have_count(len(app.openapi()["paths"]))
        assert axe(page) == []

        page.locator("#operations-contact-get_contact .opblock-summary-control").click()
        page.get_by_role("button", name="Execute").click()
        expect(page.locator(".live-responses-table tbody .response-col_status")).to_contain_text("200")
        assert axe(page) == []
        ground = page.locator(".opblock").first.evaluate("one => getComputedStyle(one).backgroundColor")
        assert (sum(map(int, ground.removeprefix("rgb(").rstrip(")").split(","))) < 3 * 128) == (scheme == "dark")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_is_asked_for_that_the_reader_did_not_ask_for(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}/docs")

    page.locator("#operations-metrics-list_metrics .opblock-summary-control").click()
    page.get_by_role("button", name="Execute").click()

    expect(page.locator(".live-responses-table tbody .response-col_status")).to_contain_text("200")
    assert asked[-1] == f"{server}/metrics?limit=50&offset=0"


def test_a_request_can_be_tried_out_from_the_page(page: Page, server: str) -> None:
    page.goto(f"{server}/docs")

    page.locator("#operations-contact-get_contact .opblock-summary-control").click()
    page.get_by_role("button", name="Execute").click()

    expect(page.locator(".live-responses-table tbody .response-col_status")).to_contain_text("200")
    expect(page.locator(".live-responses-table")).to_contain_text("tel:+86-21-52564588;ext=1647")

"""The API's reference in a real browser: it renders in the layout of the pages, and asks no other host for anything."""

import pytest
from playwright.sync_api import Page, expect

from app.main import app

every_door = pytest.mark.parametrize("path", ["/docs", "/zh/docs", "/en/docs"])


@every_door
def test_the_whole_reference_is_there(page: Page, path: str) -> None:
    page.goto(path)

    expect(page.locator(".intro h1")).to_have_text("接口文档" if path == "/zh/docs" else "API reference")
    expect(page.locator(".opblock")).to_have_count(len(app.openapi()["paths"]))


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

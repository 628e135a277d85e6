"""`/docs` in a real browser whose network ends at the server: it renders, and asks no other host for anything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from app.main import app

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no fault of the page


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page that records what it asks of other hosts, and what goes wrong in it."""
    context = browser.new_context()
    page = context.new_page()
    amiss: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith(server):
            route.continue_()
        else:
            amiss.append(route.request.url)
            route.abort()

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            amiss.append(message.text)

    context.route("**/*", guard)
    page.on("console", listen)
    page.on("pageerror", lambda error: amiss.append(str(error)))
    yield page
    context.close()
    assert amiss == []


def test_the_way_in_leads_to_the_whole_reference(page: Page, server: str) -> None:
    page.goto(server)

    expect(page).to_have_title("Zhenggai 整改数据: API reference")
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

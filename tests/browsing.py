"""Pages in a real browser whose network ends at the server, watched for whatever goes wrong in them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

HERE = Path(__file__).parent
AXE = HERE / "npm/node_modules/axe-core/axe.min.js"
SHOTS = HERE / "pages/shots"  # pictures for whoever looks; git leaves them out
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no fault of the page

Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def open_page(browser: Browser, server: str) -> Open:
    """Opens a page as a browser with these settings would; fails if it asks another host or says anything amiss."""

    @contextmanager
    def opened(expected: tuple[str, ...] = (), **settings: Any) -> Iterator[Page]:
        context = browser.new_context(base_url=server, **settings)
        page = context.new_page()
        amiss: list[str] = []

        def guard(route: Route) -> None:
            if route.request.url.startswith(server):
                route.continue_()
            else:
                amiss.append(route.request.url)
                route.abort()

        def listen(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning") and not any(text in message.text for text in expected):
                amiss.append(message.text)

        context.route("**/*", guard)
        page.on("console", listen)
        page.on("pageerror", lambda error: amiss.append(str(error)))
        try:
            yield page
        finally:
            context.close()
        assert amiss == []

    return opened


@pytest.fixture
def page(open_page: Open) -> Iterator[Page]:
    """A page with scripts, in Chinese."""
    with open_page(locale="zh-CN") as page:
        yield page


@pytest.fixture
def bare_page(open_page: Open) -> Iterator[Page]:
    """A page without scripts, in Chinese."""
    with open_page(locale="zh-CN", java_script_enabled=False) as page:
        yield page


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe finds wrong with the page that is open, in a line each; `exclude` leaves out what is not ours."""
    script = AXE.read_text()

    def find(page: Page, *exclude: str) -> list[str]:
        page.evaluate(script)
        context = {"include": [["html"]], "exclude": [[selector] for selector in exclude]}
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found = page.evaluate("([context, options]) => axe.run(context, options)", [context, options])
        return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]

    return find

"""The guide and the changelog as pages: the documents of the repository, whole, with links that lead somewhere."""

import html
import re
from collections.abc import Callable
from typing import Literal

import pytest
from browsing import Open
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from app.pages.markdown import render_markdown
from app.settings import ROOT

PAGES = {
    "/en/guide": "docs/api.md",
    "/zh/guide": "docs/api.zh-CN.md",
    "/en/changelog": "CHANGELOG.md",
    "/zh/changelog": "CHANGELOG.md",
}
every_page = pytest.mark.parametrize(("address", "path"), PAGES.items(), ids=PAGES)


def article(page: str) -> str:
    return page.partition('<article class="document"')[2].partition("</article>")[0]


@every_page
def test_the_whole_document_is_there(client: TestClient, address: str, path: str) -> None:
    text, page = (ROOT / path).read_text(encoding="utf-8"), client.get(address).text
    shown = html.unescape(re.sub("<[^>]+>", "", article(page)))

    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        assert block in shown
    assert len(re.findall("<tr>", page)) == len(re.findall(r"^\|(?!-)", text, re.MULTILINE))
    assert html.unescape(page).count(text.split("\n", 1)[0].removeprefix("# ")) >= 1


@every_page
def test_every_heading_is_in_the_contents_with_its_anchor(client: TestClient, address: str, path: str) -> None:
    page = client.get(address).text
    contents = re.findall('<li class="depth-.*?<a href="#([^"]+)">([^<]+)</a>', page)
    headings = re.findall(r"^#{2,3} (.*)$", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)

    assert [html.unescape(title) for _, title in contents] == headings
    assert [anchor for anchor, _ in contents] == re.findall('<h[23] id="([^"]+)"', article(page))
    assert len({anchor for anchor, _ in contents}) == len(contents)


@pytest.mark.parametrize("address", PAGES)
def test_links_lead_to_pages_and_not_to_files(client: TestClient, address: str) -> None:
    links = re.findall('href="([^"]+)"', article(client.get(address).text))

    assert [link for link in links if not re.match("https?://|#|/(zh|en)/", link)] == []
    for link in links:
        if link.startswith("/"):
            assert client.get(link).status_code == 200


def test_the_guides_lead_to_each_other_and_to_the_changelog(client: TestClient) -> None:
    for address, other in (("/en/guide", "/zh/guide"), ("/zh/guide", "/en/guide")):
        text = article(client.get(address).text)
        assert f'href="{other}"' in text
        assert f'href="{address[:3]}/changelog"' in text


def test_the_language_of_a_document_is_stated(client: TestClient) -> None:
    assert '<article class="document" lang="zh-CN">' in client.get("/zh/guide").text
    assert '<article class="document" lang="en">' in client.get("/zh/changelog").text


def test_the_reference_llms_txt_the_openapi_document_and_every_footer_lead_there(client: TestClient) -> None:
    for page in ("/docs", "/en/docs", "/en/issues/14"):
        assert re.search('<footer.*href="/en/guide".*href="/en/changelog"', client.get(page).text, re.DOTALL)
    main = client.get("/zh/docs").text.partition("<main")[2].partition("</main>")[0]
    assert 'href="/zh/guide"' in main
    assert "(/en/guide)" in client.get("/llms.txt").text
    assert client.get("/openapi.json").json()["externalDocs"]["url"] == "/en/guide"


def test_html_in_a_document_is_shown_as_text() -> None:
    document = render_markdown("# A\n\n<script>alert(1)</script> <b>b</b>\n\n[x](javascript:alert(1))\n", "en", {})

    assert "<script" not in document.html
    assert "<b>" not in document.html
    assert "href" not in document.html


def test_a_document_has_the_anchors_that_github_gives_it() -> None:
    text = "# T\n\n- [A b](#a-b)\n\n## A `b`!\n\n### 条款与引用\n\n## A b\n\n[c](c.md) [d](d.md)\n"
    document = render_markdown(text, "en", {"c.md": "/c"})

    assert [heading.anchor for heading in document.contents] == ["a-b", "条款与引用", "a-b-1"]
    assert document.html.count("<a ") == 1
    assert "<li>" not in document.html
    assert '<h3 id="条款与引用"><span lang="zh-CN">条款与引用</span></h3>' in document.html


def test_a_line_of_chinese_ends_without_a_blank() -> None:
    assert "甲乙" in render_markdown("# T\n\n甲\n乙\n", "zh", {}).html
    assert "a\n乙" in render_markdown("# T\n\na\n乙\n", "zh", {}).html


@pytest.mark.parametrize(
    ("language", "mode", "width"), [pytest.param("zh", "light", 1440, marks=pytest.mark.proof), ("en", "dark", 375)]
)
@pytest.mark.parametrize("name", ["guide", "changelog", "about"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: Open,
    axe: Callable[[Page], list[str]],
    name: str,
    language: str,
    mode: Literal["light", "dark"],
    width: int,
) -> None:
    with open_page(color_scheme=mode) as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/{language}/{name}")
        assert axe(page) == []
        for other in (320, 375, 768, 1440):
            page.set_viewport_size({"width": other, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= other, other


def test_the_contents_lead_to_the_promises(page: Page) -> None:
    page.goto("/zh/guide")
    page.locator(".contents").get_by_role("link", name="承诺").click()

    expect(page.locator("h2:target")).to_have_text("承诺")
    expect(page.locator("h2:target")).to_be_in_viewport()

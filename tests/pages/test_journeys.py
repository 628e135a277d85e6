"""What people do on the pages, in a real browser: with scripts and without, by keyboard, on a phone, in the dark."""

from collections.abc import Callable
from typing import Literal

import pytest
from browsing import Open
from playwright.sync_api import Page, expect

VISITED = {
    "overview": "/",
    "issues": "/issues?q=安全",
    "issue": "/issues/14",
    "measures": "/measures?kind=meeting",
    "ordered": "/measures?directed=true&sanction=recommendation_issued",
    "documents": "/documents?type=list",
    "document": "/documents/three-lists-of-duties",
    "organizations": "/organizations?named=false",
    "organization": "/organizations/district-discipline-supervision-commission",
    "figures": "/metrics?qualifier=more_than&qualifier=at_least",
    "figure": "/metrics/institute-firm-collaborations",
    "search": "/search?q=消防",
    "nothing": "/search?q=housing",
    "errors": "/issues?topic=housng",
    "missing": "/nothing-here",
    "download": "/download",
    "contact": "/contact",
}
# What a browser itself says of an answer that is no 200.
SAID = ("status of 422", "status of 404")
ColorScheme = Literal["light", "dark"]


def results(page: Page) -> str:
    return page.locator("#results .count").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_the_way_in_to_a_figure_in_its_sentence(open_page: Open, scripts: bool) -> None:
    with open_page(locale="zh-CN", java_script_enabled=scripts) as page:
        page.goto("/")
        page.locator("main").get_by_role("searchbox").fill("群租")
        page.locator("main").get_by_role("button", name="搜索").click()
        expect(page.locator("#results mark").first).to_have_text("群租")
        page.locator("#results").get_by_role("link", name="问题 14").first.click()
        expect(page.locator("h1")).to_contain_text("社区管理")
        page.locator(".clauses").get_by_role("link", name="113起").click()

        expect(page.locator("h1")).to_have_text("全年查办群租相关案件数")
        expect(page.locator("blockquote mark")).to_have_text("113起")
        expect(page.locator(".reading")).to_contain_text("全年（未写明日期）")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_list_is_narrowed_and_widened_again(open_page: Open, scripts: bool) -> None:
    with open_page(locale="zh-CN", java_script_enabled=scripts) as page:
        page.goto("/zh/measures")
        everything = results(page)
        page.get_by_label("会议部署").check()
        if not scripts:
            page.get_by_role("button", name="应用筛选").click()
        expect(page.locator(".chips")).to_contain_text("会议部署")
        assert "kind=meeting" in page.url
        page.locator(".chips a").first.click()
        expect(page.locator(".chips")).to_have_count(0)

        assert results(page) == everything


def test_a_choice_is_shown_at_once_and_the_way_back_leads_back(page: Page) -> None:
    page.goto("/zh/issues")
    page.evaluate("window.stayed = true")
    page.get_by_label("住房").check()
    expect(page.locator("#results .count")).to_have_text("41条问题中符合条件的有3条")
    page.get_by_label("产业").check()
    expect(page.locator("#results .count")).to_have_text("41条问题中符合条件的有6条")
    expect(page.get_by_label("产业")).to_be_focused()
    assert page.url.endswith("/zh/issues?topic=housing&topic=industry")
    expect(page.locator(".foot .data a")).to_have_text("/issues?topic=housing&topic=industry&limit=50")
    page.go_back()

    expect(page.locator("#results .count")).to_have_text("41条问题中符合条件的有3条")
    expect(page.get_by_label("产业")).not_to_be_checked()
    assert page.evaluate("window.stayed"), "the page was never left"


def test_words_are_looked_for_as_they_are_typed(page: Page) -> None:
    page.goto("/zh/metrics")
    page.get_by_label("含有这些字").press_sequentially("群租")

    expect(page.locator("#results .count")).to_have_text("60条数字中符合条件的有1条")
    expect(page.get_by_label("含有这些字")).to_be_focused()
    assert page.url.endswith("/zh/metrics?q=%E7%BE%A4%E7%A7%9F")


def test_the_language_is_changed_in_place(page: Page) -> None:
    page.goto("/zh/issues?topic=housing")
    page.get_by_role("link", name="English").click()

    expect(page.locator("h1")).to_have_text("Issues")
    expect(page.locator("#results .count")).to_have_text("3 of 41 issues")
    expect(page.locator("[lang='zh-CN']", has_text="针对社区管理存在安全隐患和漏洞问题").first).to_be_visible()


def test_a_clause_has_a_link_and_stays_in_place_when_the_language_is_changed(page: Page) -> None:
    page.goto("/zh/issues/14")
    page.locator("#m14-4").get_by_role("link", name="本句的链接").click()
    assert page.url.endswith("/zh/issues/14#m14-4")
    page.get_by_role("link", name="English").click()

    expect(page.locator("#m14-4")).to_be_in_viewport()
    assert page.url.endswith("/en/issues/14#m14-4")


def test_a_citation_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/zh/metrics/institute-firm-collaborations")
    page.get_by_role("button", name="复制引用").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()

    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()


def test_the_keyboard_reaches_the_content_in_one_step(page: Page) -> None:
    page.goto("/zh/issues/14")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_a_clause_that_is_linked_to_is_shown(page: Page) -> None:
    page.goto("/zh/measures?q=微型消防站")
    page.locator("#results a.no").click()

    expect(page.locator("li:target")).to_contain_text("微型消防站")
    expect(page.locator("li:target")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("language", "mode", "width"), [pytest.param("zh", "light", 1440, marks=pytest.mark.proof), ("en", "dark", 375)]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: Open, axe: Callable[[Page], list[str]], language: str, mode: ColorScheme, width: int
) -> None:
    with open_page(expected=SAID, color_scheme=mode) as page:
        for name, path in VISITED.items():
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"/{language}{path}")
            assert axe(page) == [], name
            for other in (320, 375, 768, 1440):
                page.set_viewport_size({"width": other, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= other, (name, other)


def test_axe_would_find_something(axe: Callable[[Page], list[str]], page: Page) -> None:
    page.goto("/zh/")
    page.evaluate("document.documentElement.removeAttribute('lang')")

    assert [line.partition(":")[0] for line in axe(page)] == ["html-has-lang"]


def test_nothing_moves_while_a_page_is_loaded(page: Page) -> None:
    page.add_init_script(
        "window.moved = 0;"
        "const watch = (list) => list.getEntries().forEach((one) => (window.moved += one.value));"
        "new PerformanceObserver(watch).observe({type: 'layout-shift', buffered: true});"
    )
    for path in VISITED.values():
        if "nothing-" not in path and "housng" not in path:
            page.goto(f"/zh{path}")
            assert page.evaluate("window.moved") == 0, path

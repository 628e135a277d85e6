"""What comes out on paper: pages with text on each, and nothing that only a screen can use."""

import re
import zlib
from collections.abc import Iterator

import pytest
from browsing import Open
from playwright.sync_api import Page, expect

PATHS = [
    "/zh/issues/14",
    "/en/issues/14",
    "/en/metrics/rd-spending-increase",
    "/zh/measures?kind=accountability",
    "/zh/",
]


@pytest.fixture
def paper(open_page: Open) -> Iterator[Page]:
    """A page as it is printed, from a narrow window."""
    with open_page(viewport={"width": 800, "height": 900}) as page:
        page.emulate_media(media="print")
        yield page


def glyphs(pdf: bytes) -> list[int]:
    """How many runs of text each page of a PDF shows."""
    objects = {int(number): body for number, body in re.findall(rb"(?s)\n(\d+) 0 obj\s*(.*?)\nendobj", pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    counts = []
    for page in pages:
        found = re.search(rb"/Contents (\d+) 0 R", page)
        assert found
        stream = objects[int(found[1])].partition(b"stream")[2].strip(b"\r\n").rpartition(b"endstream")[0]
        counts.append(len(re.findall(rb"\bT[jJ]\b", zlib.decompressobj().decompress(stream))))
    return counts


def test_every_page_of_paper_has_text_the_first_one_too(paper: Page) -> None:
    for path in PATHS:
        paper.goto(path)
        runs = glyphs(paper.pdf(format="A4"))

        assert runs
        assert min(runs) > 3, path
        assert len(runs) == 1 or runs[0] > 10, path


def test_what_only_a_screen_can_use_is_left_out(paper: Page) -> None:
    for path in PATHS:
        paper.goto(path)

        for used in ("form", "button", "nav", ".take", ".around", ".pin"):
            shown = paper.locator(f"{used}:visible")
            assert shown.count() == 0, (path, used)
        expect(paper.locator("h1")).to_be_visible()


def test_an_issue_on_paper_says_where_it_is_from(paper: Page) -> None:
    paper.goto("/zh/issues/14")

    expect(paper.locator("h1")).to_contain_text("社区管理存在安全隐患和漏洞")
    expect(paper.locator("#citation")).to_be_visible()

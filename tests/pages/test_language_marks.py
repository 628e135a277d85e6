"""English pages mark what is Chinese in them, so that browsers choose its fonts and screen readers its voice."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from conftest import SECOND
from fastapi import FastAPI
from fastapi.testclient import TestClient

HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff]")
VOID = {"meta", "link", "br", "img", "input", "hr"}
# Attributes that people see or hear. What an `input` holds for the server alone is not among them.
READ = {"title", "alt", "aria-label", "placeholder", "content", "label"}
PAGES = [
    "/",
    "/issues",
    "/issues?q=消防&topic=housing",
    "/issues?topic=消防",
    "/issues?notice=all",
    "/measures",
    "/measures?actor=区纪委监委",
    "/measures?sort=时间",
    "/measures?directed=true&limit=200",
    "/measures?document=three-lists-of-duties",
    "/documents",
    "/documents?q=清单",
    "/documents?notice=all",
    "/organizations",
    "/organizations?q=区委&part=actor",
    "/metrics",
    "/metrics?q=群租",
    "/metrics?counted=数字",
    "/search",
    "/search?q=消防",
    "/search?q=没有的字",
    "/plots",
    "/plots/kinds",
    "/plots/strip",
    "/plots/directives",
    "/plots/periods",
    "/plots/declared",
    "/plots/sizes",
    "/source",
    "/locate",
    "/locate?text=新建制度69项",
    "/locate?text=完成整改39项",
    "/locate?text=没有这样的话",
    "/glossary",
    "/about",
    "/guide",
    "/changelog",
    "/docs",
    "/没有",
    "/issues/没有",
    "/metrics/没有",
    "/issues/14?notice=没有",
]


class Reader(HTMLParser):
    """Collects the Chinese that stands where no element says that it is."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.unmarked: list[str] = []

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.language
        read = {name: value or "" for name, value in given.items() if name in READ}
        if tag == "input" and given.get("type") == "search":
            read["value"] = given.get("value") or ""
        self.check(language, *read.values())
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        name, _ = self.open.pop()
        assert name == tag, f"<{name}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        # Data in a script is no text of the page.
        if self.open and self.open[-1][0] != "script":
            self.check(self.language, data)

    def check(self, language: str, *texts: str) -> None:
        if not language.startswith("zh"):
            self.unmarked += [text.strip() for text in texts if HAN.search(text)]


def unmarked(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader.unmarked


@pytest.fixture(scope="module")
def client(seed_app: FastAPI) -> Iterator[TestClient]:
    with TestClient(seed_app) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_no_chinese_stands_unmarked_on_an_english_page(client: TestClient, path: str) -> None:
    answer = client.get(f"/en{quote(path, safe='/?=&')}")

    assert answer.headers["Content-Type"].startswith("text/html")
    assert unmarked(answer.text) == []


def test_nor_on_the_page_of_any_record(client: TestClient) -> None:
    issues = client.get("/issues?limit=200").json()["items"]
    metrics = client.get("/metrics?limit=200").json()["items"]
    paths = [f"/issues/{one['number']}" for one in issues] + [f"/metrics/{one['id']}" for one in metrics]
    for path in ("/documents", "/organizations"):
        paths += [f"{path}/{one['id']}" for one in client.get(f"{path}?limit=200").json()["items"]]

    found = {path: unmarked(client.get(f"/en{path}").text) for path in paths}

    assert {path: texts for path, texts in found.items() if texts} == {}


def test_nor_in_another_notice(both_app: FastAPI) -> None:
    with TestClient(both_app) as client:
        for path in ("/", "/issues", "/measures", "/metrics", "/plots/kinds", "/source", "/glossary", "/about"):
            assert unmarked(client.get(f"/en{path}?notice={SECOND}").text) == [], path
        assert unmarked(client.get("/en/issues?notice=all").text) == []


def test_the_reader_finds_what_is_unmarked() -> None:
    text = '<p title="中">a<br>文<b lang="zh-CN">汉<i>字</i></b></p>'

    assert unmarked(f'<html lang="en">{text}<input type="search" value="字"></html>') == ["中", "文", "字"]

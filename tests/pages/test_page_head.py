"""The head of a page: what it is about, its one address, and the same page in the other language."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from asgi import Client
from conftest import SECOND
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

PUBLIC = "https://data.example/open"
PAGES = ["/", "/issues", "/issues/14", "/measures", "/metrics", "/metrics/institute-firm-collaborations", "/search"]
PAGES += ["/plots", "/plots/kinds", "/source", "/locate", "/glossary", "/about", "/guide", "/changelog", "/docs"]
PAGES += ["/documents", "/documents/three-lists-of-duties", "/organizations", "/organizations/district-party-committee"]
every_language = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture(scope="module")
def client(seed_app: FastAPI) -> Iterator[TestClient]:
    """A client of a service whose public address is not known."""
    with Client(seed_app) as client:
        yield client


@pytest.fixture(scope="module")
def public(seed_app: FastAPI) -> Iterator[TestClient]:
    """A client of one whose public address is known."""
    database = seed_app.state.database
    with Client(create_app(Settings(seed=database.seed, database=database.place, public_url=PUBLIC))) as client:
        yield client


def head(page: str) -> str:
    return page.partition("</head>")[0]


def meta(page: str, name: str) -> str:
    """What a page states under a name; each name stands once."""
    (found,) = re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)">', head(page))
    return html.unescape(found)


def canonical(page: str) -> str:
    (found,) = re.findall('<link rel="canonical" href="([^"]*)">', head(page))
    return html.unescape(found)


def alternates(page: str) -> dict[str, str]:
    found = re.findall('<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', head(page))
    return {language: html.unescape(address) for language, address in found}


@every_language
def test_every_page_has_a_description_of_its_own(client: TestClient, language: str) -> None:
    descriptions = {path: meta(client.get(f"/{language}{path}").text, "description") for path in PAGES}

    assert all(15 <= len(text) <= 400 and "\n" not in text for text in descriptions.values()), descriptions
    assert len(set(descriptions.values())) == len(PAGES)


@every_language
@pytest.mark.parametrize("path", PAGES)
def test_addresses_in_the_head_are_whole_where_the_public_one_is_known(
    public: TestClient, language: str, path: str
) -> None:
    page = public.get(f"/{language}{path}?utm_source=a").text

    assert canonical(page) == f"{PUBLIC}/{language}{path}" == meta(page, "og:url")
    english = f"{PUBLIC}/en{path}"
    assert alternates(page) == {"zh-CN": f"{PUBLIC}/zh{path}", "en": english, "x-default": english}
    assert meta(page, "og:title") in html.unescape(page.partition("</title>")[0])
    assert meta(page, "og:description") == meta(page, "description")
    assert (meta(page, "og:type"), meta(page, "og:locale")) == ("website", "zh_CN" if language == "zh" else "en_US")


@pytest.mark.parametrize("path", PAGES)
def test_without_it_they_begin_with_the_path(client: TestClient, path: str) -> None:
    page = client.get(f"/zh{path}").text

    assert canonical(page) == f"/zh{path}"
    assert "og:" not in head(page)
    assert {urlsplit(address).netloc for address in alternates(page).values()} == {""}


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/issues?topic=housing&utm_source=a&q=&limit=50", "/issues?topic=housing"),
        ("/issues?limit=2&offset=2", "/issues?limit=2&offset=2"),
        ("/search?q=%E6%B6%88%E9%98%B2&x=1", "/search?q=%E6%B6%88%E9%98%B2"),
        ("/issues/14?notice=shanghai-putuo-2024", "/issues/14"),
        ("/locate?text=39", "/locate"),
    ],
)
def test_the_canonical_address_keeps_what_decides_what_is_shown(public: TestClient, asked: str, kept: str) -> None:
    page = public.get(f"/zh{asked}").text

    assert canonical(page) == f"{PUBLIC}/zh{kept}"
    assert alternates(page)["en"] == f"{PUBLIC}/en{kept}"


def test_another_notice_is_named_in_it(both_app: FastAPI) -> None:
    page = Client(both_app).get(f"/zh/issues?notice={SECOND}").text

    assert canonical(page) == f"/zh/issues?notice={SECOND}"


@pytest.mark.parametrize("path", ["/nothing", "/issues/99", "/issues?topic=housng"])
def test_a_page_of_an_error_has_none(public: TestClient, path: str) -> None:
    page = head(public.get(f"/en{path}").text)

    assert "canonical" not in page
    assert "hreflang" not in page
    assert meta(page, "description")


def test_the_reference_without_a_language_is_the_english_one(public: TestClient) -> None:
    assert canonical(public.get("/docs").text) == f"{PUBLIC}/en/docs"

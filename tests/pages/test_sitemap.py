"""What crawlers and browsers ask every host for: robots.txt, sitemap.xml, favicon.ico."""

import re
from collections.abc import Iterator
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from asgi import Client
from browsing import Open
from conftest import SECOND
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

PUBLIC = "https://data.example/open"
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def public(seed_app: FastAPI) -> Iterator[TestClient]:
    database = seed_app.state.database
    with Client(create_app(Settings(seed=database.seed, database=database.place, public_url=PUBLIC))) as client:
        yield client


def sitemap(client: TestClient, address: str = "/sitemap.xml") -> dict[str, dict[str, str]]:
    """The pages of a sitemap, each with its addresses by language."""
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(answer.content)
    pages = {}
    for url in root.findall("s:url", SPACES):
        links = url.findall("x:link", SPACES)
        pages[url.findtext("s:loc", "", SPACES)] = {link.attrib["hreflang"]: link.attrib["href"] for link in links}
    assert len(pages) == len(root)
    return pages


def test_robots_may_read_everything_and_are_told_of_the_sitemap(public: TestClient, client: TestClient) -> None:
    robots = RobotFileParser()
    robots.parse(public.get("/robots.txt").text.splitlines())

    assert robots.can_fetch("anyone", f"{PUBLIC}/zh/issues")
    assert robots.site_maps() == [f"{PUBLIC}/sitemap.xml"]
    assert "Sitemap: /sitemap.xml\n" in client.get("/robots.txt").text


def test_the_sitemap_has_every_page_in_both_languages(public: TestClient) -> None:
    pages = sitemap(public)
    issues = public.get("/issues?limit=200").json()["items"]
    metrics = public.get("/metrics?limit=200").json()["items"]
    paths = ["/", "/issues", "/measures", "/metrics", "/plots", "/source", "/search", "/locate", "/glossary", "/about"]
    paths += ["/download", "/contact"]
    paths += ["/documents", "/organizations"]
    for path in ("/documents", "/organizations"):
        paths += [f"{path}/{one['id']}" for one in public.get(f"{path}?limit=200").json()["items"]]
    paths += [
        "/guide",
        "/changelog",
        "/docs",
        *re.findall('h2><a href="/open/zh(/plots/.*?)"', public.get("/zh/plots").text),
    ]
    paths += [f"/issues/{one['number']}" for one in issues] + [f"/metrics/{one['id']}" for one in metrics]

    assert len(paths) > 115
    assert set(pages) == {f"{PUBLIC}/{language}{path}" for language in ("zh", "en") for path in paths}


def test_each_page_of_it_is_there_and_says_the_same_of_itself(public: TestClient) -> None:
    for address, languages in list(sitemap(public).items())[::7]:
        page = public.get(address.removeprefix("https://data.example"))

        assert page.status_code == 200, address
        assert f'<link rel="canonical" href="{address}">' in page.text
        found = re.findall('<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', page.text)
        assert dict(found) == languages


def test_without_a_public_address_it_says_why_its_own_begin_with_the_path(client: TestClient) -> None:
    assert "NOTICE_PUBLIC_URL" in client.get("/sitemap.xml").text
    assert next(iter(sitemap(client))) == "/zh/"


def test_several_notices_have_a_sitemap_each(both_app: FastAPI) -> None:
    client = Client(both_app)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [one.text or "" for one in index.findall("s:sitemap/s:loc", SPACES)]
    pages = [sitemap(client, address) for address in addresses]

    assert len(addresses) == 2
    assert f"/zh/issues/1?notice={SECOND}" in pages[1]
    assert not set(pages[0]) & set(pages[1])
    for address in [*list(pages[0])[::25], *list(pages[1])[::5]]:
        assert client.get(address).status_code == 200, address
    assert client.get("/sitemap.xml?notice=nowhere").status_code == 404


def test_the_icon_is_shown_by_a_browser_that_asks_for_it_by_its_old_name(open_page: Open) -> None:
    with open_page() as page:
        page.goto("/robots.txt")
        # Playwright keeps from the network what is called favicon.ico and nothing more.
        width = page.evaluate(
            "new Promise((done) => {"
            "const image = new Image(); image.onload = () => done(image.naturalWidth); image.onerror = () => done(0);"
            "image.src = '/favicon.ico?'; document.documentElement.append(image); })"
        )

    assert width > 0


def test_the_icon_has_the_media_type_of_what_it_is(client: TestClient) -> None:
    answer = client.get("/favicon.ico")

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")

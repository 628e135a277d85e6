"""Pages as any client gets them: in both languages, escaped, within the content security policy, light and complete."""

import gzip
import html
import os
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urldefrag, urlsplit

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.http.headers import POLICY
from app.main import app

LANGUAGES = ["zh", "en"]
LISTS = ["/issues", "/measures", "/metrics"]
FIXED = ["/", *LISTS, "/search", "/search?q=消防", "/about", "/download", "/contact", "/guide", "/changelog", "/docs"]
FIXED += ["/nothing-here"]
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_list = pytest.mark.parametrize("path", LISTS)
# Texts that would be markup if they were not escaped.
INJECTIONS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'onfocus='alert(1)"]


def records(client: TestClient) -> list[str]:
    """The page of every issue and every figure."""
    issues = client.get("/issues?limit=200").json()["items"]
    metrics = client.get("/metrics?limit=200").json()["items"]
    return [f"/issues/{one['number']}" for one in issues] + [f"/metrics/{one['id']}" for one in metrics]


@pytest.fixture(scope="module")
def client(seed_app: FastAPI) -> Iterator[TestClient]:
    """A client that keeps its thread from one request to the next, as there are many."""
    with Client(seed_app) as client:
        yield client


@pytest.fixture(scope="module")
def site(client: TestClient) -> dict[str, Response]:
    """Every page, by address."""
    addresses = [f"/{language}{path}" for language in LANGUAGES for path in [*FIXED, *records(client)]]
    return {address: client.get(address) for address in addresses}


def links(page: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'(?:href|src|action)="([^"]*)"', page)]


def test_every_record_has_a_page_in_both_languages(site: dict[str, Response]) -> None:
    for address, answer in site.items():
        tag = "zh-CN" if address.startswith("/zh/") else "en"
        assert answer.status_code == (404 if "nothing-here" in address else 200), address
        assert answer.headers["Content-Language"] == tag
        assert f'<html lang="{tag}">' in answer.text
        assert answer.text.count("<h1") == 1, address


def test_no_page_has_a_script_or_a_style_of_its_own(site: dict[str, Response]) -> None:
    for address, answer in site.items():
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", answer.text), address
        # A block of data is not run, whatever the policy allows.
        scripts = re.sub(r'<script type="application/ld\+json">.*?</script>', "", answer.text)
        assert set(re.findall(r"<script[^>]*>(.*?)</script>", scripts)) == {""}, address
        assert answer.headers["Content-Security-Policy"] == POLICY


def test_every_link_leads_somewhere(client: TestClient, site: dict[str, Response]) -> None:
    default = f"notice={client.get('/notice').json()['notice']}"  # as if it were not there, as other tests see to
    found = {urldefrag(re.sub(rf"[?&]{default}$", "", link)) for page in site.values() for link in links(page.text)}
    # Every one of hundreds leads to the whole text, with another place marked.
    places = sorted(pair for pair in found if "source?span=" in pair[0])
    found -= set(places) - set(places[:: 1 if os.environ.get("PROOF") else 20])
    answers = {address: site.get(address) or client.get(address) for address, _ in found if ours(address)}

    assert [address for address, answer in answers.items() if answer.status_code != 200] == []
    pages = {address for address, fragment in found if address and fragment}
    ids = {address: set(re.findall(r'\bid="([^"]+)"', answers[address].text)) for address in pages}
    assert [pair for pair in found if pair[0] in pages and pair[1] and pair[1] not in ids[pair[0]]] == []


def ours(address: str) -> bool:
    """Whether an address is one to follow."""
    return not urlsplit(address).scheme and "nothing-here" not in address


def test_what_a_page_shows_has_an_address_as_data(client: TestClient, site: dict[str, Response]) -> None:
    for address, answer in site.items():
        shown = re.search(r'<p class="data">.*?href="([^"]+)"', answer.text)
        assert shown or re.search("/docs|/guide|/changelog|/nothing|/search$", address), address
        if shown:
            assert client.get(html.unescape(shown[1])).headers["Content-Type"] == "application/json"


@every_language
@pytest.mark.parametrize("injection", INJECTIONS)
def test_text_from_an_address_stays_text(client: TestClient, language: str, injection: str) -> None:
    for path in [*FIXED[:-2], "/issues/14"]:
        for name in ("q", "topic", "sort", "limit", "notice", "value_min", "utm_source"):
            page = client.get(f"/{language}{path.partition('?')[0]}", params={name: injection}).text
            assert injection not in page
    assert injection not in client.get(f"/{language}/{quote(injection, safe='')}").text
    assert injection not in client.get(f"/{language}/metrics/{quote(injection, safe='')}").text


def test_text_from_an_address_is_no_template(client: TestClient) -> None:
    assert "1337" not in client.get("/zh/search", params={"q": "{{ 7*191 }}"}).text


@every_language
@every_list
def test_what_is_not_ours_in_an_address_is_ignored(client: TestClient, language: str, path: str) -> None:
    plain, decorated = client.get(f"/{language}{path}"), client.get(f"/{language}{path}?utm_source=a&fbclid=b&q=")

    assert decorated.status_code == 200
    assert shown(decorated.text) == shown(plain.text)


def shown(page: str) -> str:
    found = re.search(r'id="results".*</section>', page, re.DOTALL)
    assert found
    return found[0]


@every_language
@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/issues?topic=housng", "topic"),
        ("/issues?category=9&topic=housing", "category"),
        ("/issues?limit=many", "limit"),
        ("/issues?q=a&q=b", "q"),
        ("/measures?actor=nobody", "actor"),
        ("/measures?sort=sideways", "sort"),
        ("/metrics?value_min=3", "value_min"),
        ("/metrics?unit=person&value_min=9&value_max=1", "value_min"),
        ("/metrics?period_from=2024-01-01&period_to=2023-01-01", "period_from"),
        ("/search?q=%00", "q"),
        ("/search?q=消防&type=word", "type"),
        ("/issues/14?notice=nowhere", "notice"),
        ("/?notice=nowhere", "notice"),
    ],
)
def test_a_refused_value_is_reported_and_the_rest_is_shown(
    client: TestClient, language: str, address: str, name: str
) -> None:
    answer = client.get(f"/{language}{address}")

    assert answer.status_code == 422
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.text.count('role="alert"') == 1
    assert 'id="main"' in answer.text
    assert f'name="{name}" value="nowhere"' not in answer.text


def test_a_misspelt_value_is_met_with_the_nearest_one_and_the_other_filters_are_kept(client: TestClient) -> None:
    page = client.get("/en/issues?topic=housng&category=2").text

    assert "Did you mean ‘housing’?" in html.unescape(page)
    assert page.count('class="card"') == client.get("/issues?category=2").json()["total"]


@every_language
@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/issues/99",
        "/issues/1.0",
        "/issues/14/more",
        "/issues/facets",
        "/issues/",
        "/metrics/nothing",
        "/metrics/facets",
    ],
)
def test_what_does_not_exist_is_a_404_page(client: TestClient, language: str, path: str) -> None:
    answer = client.get(f"/{language}{path}")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Cache-Control"] == "no-store"


@every_language
def test_an_address_of_the_data_under_a_language_is_a_page_or_none(client: TestClient, language: str) -> None:
    for path in app.openapi()["paths"]:
        answer = client.get(f"/{language}{path}")
        assert answer.status_code in (200, 404), path
        assert answer.headers["Content-Type"].startswith("text/html")


def test_no_address_of_the_data_answers_html(client: TestClient) -> None:
    for path, operations in app.openapi()["paths"].items():
        answer = client.get(path, headers={"Accept": "text/html,*/*"})
        assert not answer.headers["Content-Type"].startswith("text/html"), (path, operations)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh"),
        ("*", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-TW", "zh"),
        ("en-GB,en;q=0.9", "en"),
        ("en;q=0.8, zh;q=0.9", "zh"),
        ("fr-FR,fr;q=0.9", "en"),
        ("fr,zh;q=0.1", "zh"),
        ("zh;q=0, en;q=0.1", "en"),
        ("EN-us;q=nonsense,zh;q=0.2", "zh"),
    ],
)
def test_the_root_redirects_to_the_language_of_the_browser(client: TestClient, accepted: str, language: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted}, follow_redirects=False)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer.headers["Vary"]


@every_language
def test_the_first_page_weighs_60_kB_at_most_and_a_third_of_that_on_the_wire(client: TestClient, language: str) -> None:
    page = client.get(f"/{language}/").text
    parts = [page.encode(), *(client.get(link).content for link in links(page) if link.startswith("/static/"))]

    assert len(parts) == 4
    assert sum(map(len, parts)) <= 60_000
    assert sum(len(gzip.compress(part)) for part in parts) < 20_000


def test_styles_and_scripts_are_kept_for_ever_under_names_that_change(client: TestClient) -> None:
    static = [link for link in links(client.get("/zh/").text) if link.startswith("/static/")]
    for link in static:
        answer = client.get(link)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert client.get(link.replace(link.split("/")[2], "earlier")).headers["Cache-Control"] == "no-store"
    assert client.get("/static/any/nothing.css").status_code == 404


def test_pages_are_mounted_where_the_service_is(seed_app: FastAPI) -> None:
    client = Client(seed_app, root_path="/open/data")
    for path in ("/zh/", "/zh/issues/14", "/zh/metrics", "/en/search?q=消防"):
        page = client.get(f"/open/data{path}")
        assert page.status_code == 200
        assert outside(links(page.text), "/open/data/") == []
    assert client.get("/", follow_redirects=False).headers["Location"] == "/open/data/zh/"


def outside(addresses: Iterable[str], root: str) -> list[str]:
    return [address for address in addresses if address.startswith("/") and not address.startswith(root)]


def test_an_answer_that_is_held_already_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/zh/issues/14")
    again = client.get("/zh/issues/14", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")

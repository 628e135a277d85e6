"""The mount: under the path of the public address every link works, with nothing else to set."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import httpx
import pytest
from asgi import Client
from conftest import serving
from fastapi import FastAPI
from nginx import free_port, nginx

from app.main import create_app
from app.settings import Settings

STRIPPING = """
location {mount}/ {{ proxy_pass {server}/; proxy_set_header Host $http_host; }}
"""
# The second is the path of a page too.
MOUNTS = ["/open/data", "/zh"]
PAGES = ["/", "/issues", "/issues/14", "/metrics?unit=person", "/search?q=消防", "/plots", "/plots/kinds", "/source"]
PAGES += ["/locate", "/glossary", "/about", "/guide", "/changelog", "/docs", "/nothing-here"]
DATA = [
    "/issues?limit=2&offset=2",
    "/issues/14",
    "/measures/facets",
    "/search?q=消防",
    "/notice",
    "/dataset",
    "/indicators",
]


@pytest.fixture(scope="module", params=MOUNTS)
def proxied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The host of an nginx and the mount that it strips before it passes a request on."""
    port, mount = free_port(), request.param
    host = f"http://127.0.0.1:{port}"
    settings = {"NOTICE_PUBLIC_URL": f"{host}{mount}", "NOTICE_DATABASE": str(tmp_path_factory.mktemp("var"))}
    with serving(settings) as server:
        block = f"server {{ listen 127.0.0.1:{port}; {STRIPPING.format(mount=mount, server=server)} }}"
        with nginx(tmp_path_factory.mktemp("nginx"), port, block):
            yield host, mount


def links(page: str) -> set[str]:
    found = re.findall(r'(?:href|src|action|data-document)="([^"#][^"]*)"', page)
    return {urldefrag(html.unescape(link)).url for link in found}


def urls(content: Any) -> Iterator[str]:
    """The addresses in an answer of the API."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name in ("url", "next", "previous", "archive") and value:
                yield value
            else:
                yield from urls(value)
    if isinstance(content, list):
        for value in content:
            yield from urls(value)


def test_every_link_works_behind_a_proxy_that_strips_the_mount(proxied: tuple[str, str]) -> None:
    host, mount = proxied
    with httpx.Client(base_url=host, timeout=30) as client:
        pages = [f"{mount}/{language}{path}" for language in ("zh", "en") for path in PAGES]
        found = {link for page in pages for link in links(client.get(page).text)}
        found |= {url for path in DATA for url in urls(client.get(mount + path).json())}
        found |= set(re.findall("<loc>(.*?)</loc>", client.get(f"{mount}/sitemap.xml").text)[:20])
        found |= set(re.findall("Sitemap: (.*)", client.get(f"{mount}/robots.txt").text))
        own = {link for link in found if not urlsplit(link).scheme or link.startswith(host)}

        assert len(own) > 300
        assert [link for link in own if not urlsplit(link).path.startswith(f"{mount}/")] == []
        sample = sorted(own, key=lambda link: ("/issues/" in link or "/metrics/" in link, link))[:300]
        answers = {link: client.get(link).status_code for link in sample if "nothing-here" not in link}
        assert {link: status for link, status in answers.items() if status != 200} == {}


def test_redirects_stay_under_the_mount(proxied: tuple[str, str]) -> None:
    host, mount = proxied
    with httpx.Client(base_url=host) as client:
        for path, target in (("/", "/zh/"), ("/zh", "/zh/"), ("/en", "/en/")):
            assert client.get(mount + path).headers["Location"] == mount + target


def test_pages_link_headers_errors_and_the_document_name_the_mount(proxied: tuple[str, str]) -> None:
    host, mount = proxied
    with httpx.Client(base_url=host) as client:
        pages = client.get(f"{mount}/issues?limit=2").headers["Link"]
        problem = client.get(f"{mount}/issues/99").json()
        document = client.get(f"{mount}/openapi.json").json()

    assert pages.startswith(f"<{mount}/issues?")
    assert problem["instance"] == f"{mount}/issues/99"
    assert document["servers"][0]["url"] == f"{host}{mount}"
    assert document["externalDocs"]["url"] == f"{host}{mount}/en/guide"


@pytest.fixture(scope="module")
def mounted(seed_app: FastAPI) -> FastAPI:
    return at(seed_app, "https://data.example/open/data/")


def at(seed_app: FastAPI, public_url: str) -> FastAPI:
    """The service at another public address, over the same database."""
    database = seed_app.state.database
    return create_app(Settings(seed=database.seed, database=database.place, public_url=public_url))


def test_the_server_can_be_asked_without_the_proxy_too(mounted: FastAPI) -> None:
    client = Client(mounted)
    for path in ("/issues?limit=2", "/open/data/issues?limit=2"):
        following = client.get(path).json()["next"]
        assert following == "/open/data/issues?limit=2&offset=2"
        assert client.get(following).status_code == 200
    assert client.get("/healthz").status_code == 200
    assert client.get("/open/data").url.path == "/open/data/zh/"
    assert client.get("/open/dataset").status_code == 404


def test_a_mount_that_the_server_names_counts_first(mounted: FastAPI) -> None:
    for path in ("/issues?limit=2", "/a/issues?limit=2"):
        assert Client(mounted, root_path="/a").get(path).json()["next"] == "/a/issues?limit=2&offset=2"


def test_a_mount_in_other_than_ascii_is_percent_encoded(seed_app: FastAPI) -> None:
    client = Client(at(seed_app, "https://data.example/%E6%95%B0%E6%8D%AE"))
    answer = client.get("/%E6%95%B0%E6%8D%AE/issues?limit=2")

    assert answer.json()["next"] == "/%E6%95%B0%E6%8D%AE/issues?limit=2&offset=2"
    assert answer.headers["Link"].isascii()
    assert client.get("/zh", follow_redirects=False).headers["Location"] == "/%E6%95%B0%E6%8D%AE/zh/"
    assert client.get("/issues/99").json()["instance"] == "/%E6%95%B0%E6%8D%AE/issues/99"


def test_the_files_of_the_release_do_not_tell_the_mount(seed_app: FastAPI, tmp_path: Path) -> None:
    database = seed_app.state.database
    app = create_app(Settings(seed=database.seed, database=tmp_path, public_url="https://data.example/open/data"))
    lines = Client(app).get("/dataset/zhenggai.json").text

    assert "/open/data" not in json.dumps(json.loads(lines))

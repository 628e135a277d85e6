"""Caching: every representation carries validators, and what is kept is what would be sent anew."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asgi import Client, run
from fastapi import FastAPI
from fastapi.testclient import TestClient
from operations import HEALTH, OPERATIONS, example, media_types, response_cache
from starlette.types import Message, Receive, Scope, Send

from app.database.fingerprint import Fingerprint
from app.database.repository import Repository
from app.http.caching import CacheMiddleware
from app.http.conditional import http_date
from app.http.headers import RAW_HEADERS
from app.http.response_cache import CAPACITY, LONGEST_KEY, OVERHEAD, CachedResponse, ResponseCache
from app.main import create_app
from app.settings import Settings

REPRESENTATIONS = [path for path in OPERATIONS if path not in HEALTH]
DOWNLOAD = "/dataset/{file}"
STREAMED = "/statements.csv"  # longer than what is kept
# Some files are longer than what is kept, some are not.
KEPT = [path for path in REPRESENTATIONS if path != DOWNLOAD and "application/json" in media_types(path)]
KEPT += ["/source.txt", "/llms.txt", "/dataset.jsonld", "/categories.csv", "/categories.xlsx", "/categories.ndjson"]
ENCODINGS = ["identity", "gzip", "br", "zstd"]
VALIDATING = ("etag", "last-modified", "cache-control", "vary", "access-control-allow-origin")

every_representation = pytest.mark.parametrize("path", REPRESENTATIONS)


@every_representation
def test_a_representation_carries_its_validators(client: TestClient, path: str) -> None:
    released = client.app.state.database.snapshot.released  # type: ignore[attr-defined]

    headers = client.get(example(path)).headers

    # A file is sent in ranges, so its tag is strong and nobody may compress it on the way.
    is_file = path == DOWNLOAD
    assert headers["etag"].startswith('"' if is_file else 'W/"')
    assert headers["last-modified"] == http_date(released)
    assert headers["cache-control"] == "public, max-age=300" + (", no-transform" if is_file else "")
    assert "set-cookie" not in headers


@every_representation
@pytest.mark.parametrize("encoding", ["identity", "br"])
def test_whoever_holds_the_representation_gets_a_304_with_the_same_headers(
    client: TestClient, path: str, encoding: str
) -> None:
    fresh = client.get(example(path), headers={"Accept-Encoding": encoding})

    conditions = {"Accept-Encoding": encoding, "If-None-Match": fresh.headers["etag"]}
    for method in ("GET", "HEAD"):
        response = client.request(method, example(path), headers=conditions)
        assert response.status_code == 304
        assert response.content == b""
        assert {name: response.headers.get(name) for name in VALIDATING} == {
            name: fresh.headers.get(name) for name in VALIDATING
        }


@pytest.mark.parametrize("path", HEALTH)
def test_health_is_never_kept(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"If-None-Match": "*"})

    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_every_representation_has_its_own_tag(client: TestClient) -> None:
    urls = ["/issues", "/issues?limit=49", "/issues?offset=1", "/issues/8", "/issues/9", "/measures", "/metrics"]
    urls += ["/issues.csv", "/issues.csv?lang=en", "/issues.csv?bom=true", "/issues.ndjson", "/issues.xlsx"]

    assert len({client.get(url).headers["etag"] for url in urls}) == len(urls)


def test_the_tag_changes_with_the_mount_because_the_links_do(seed_app: FastAPI) -> None:
    clients = [Client(seed_app), Client(seed_app, root_path="/data")]

    tags = {client.get("/issues?limit=1").headers["etag"] for client in clients}

    assert len(tags) == 2


@pytest.mark.parametrize("url", ["/issues?limit=1", "/source.txt", STREAMED])
def test_the_tag_changes_with_the_data_or_the_software_and_only_then(
    own_app: FastAPI, client: TestClient, tmp_path: Path, url: str
) -> None:
    changed = create_app(Settings(database=tmp_path))
    changed.state.database._fingerprint = Fingerprint("of other data", "shared", {})

    assert Client(own_app).get(url).headers["etag"] == client.get(url).headers["etag"]
    assert Client(changed).get(url).headers["etag"] != client.get(url).headers["etag"]


@pytest.fixture(scope="module")
def own_app(seed_app: FastAPI) -> FastAPI:
    """A service over the same database as the others, whose cache no other test fills."""
    assert seed_app.state.database.file
    return create_app(Settings(database=seed_app.state.database.path.parent))


@pytest.fixture
def cache(own_app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> ResponseCache:
    """Return the cache of that service, with nothing in it."""
    kept = response_cache(own_app)
    monkeypatch.setattr(kept, "responses", type(kept.responses)(CAPACITY, CachedResponse.size))
    return kept


@pytest.fixture
def service(own_app: FastAPI, cache: ResponseCache) -> TestClient:  # noqa: ARG001
    """A client of that service."""
    return Client(own_app)


@pytest.fixture
def reached(own_app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that get through to the application behind the cache, from now on."""
    Client(own_app).get("/healthz")  # the first request puts the middleware together
    middleware: Any = own_app.middleware_stack
    while not isinstance(middleware, CacheMiddleware):
        middleware = middleware.app
    paths: list[str] = []
    inner = middleware.app

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        paths.append(scope["path"])
        await inner(scope, receive, send)

    monkeypatch.setattr(middleware, "app", counting)
    return paths


def sent(client: TestClient, method: str, url: str, **headers: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return status, headers and body as they went over the wire, but for the time that stands in the head of gzip."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream(method, url, headers=given) as response:
        body = b"".join(response.iter_raw())
        if response.headers.get("content-encoding") == "gzip" and body:
            body = body[:4] + body[8:]
        return response.status_code, response.headers.multi_items(), body


@pytest.mark.parametrize("path", KEPT)
def test_a_kept_response_is_byte_for_byte_a_fresh_one_and_costs_no_work(
    service: TestClient, client: TestClient, seed_app: FastAPI, reached: list[str], path: str
) -> None:
    url = example(path)
    tag = client.get(url).headers["etag"]
    requests: list[tuple[str, dict[str, str]]] = [
        (method, {"Accept_Encoding": encoding, **condition})
        for method in ("GET", "HEAD")
        for encoding in ENCODINGS
        for condition in ({}, {"If_None_Match": tag})
    ]
    fresh = []
    for method, headers in requests:
        response_cache(seed_app).responses.clear()
        fresh.append(sent(client, method, url, **headers))
    for encoding in ENCODINGS:
        sent(service, "GET", url, Accept_Encoding=encoding)
    assert len(reached) == len(ENCODINGS)

    kept = [sent(service, method, url, **headers) for method, headers in requests]

    assert kept == fresh
    assert {status for status, _, _ in kept} == {200, 304}
    assert len(reached) == len(ENCODINGS)


def test_a_kept_response_is_logged_as_the_first_one_is(own_app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    database = own_app.state.database
    client = Client(create_app(Settings(seed=database.seed, database=database.place, log_format="json")))

    with caplog.at_level("INFO", "zhenggai.request"):
        for _ in range(2):
            client.get("/issues/8")

    first, second = (record.fields for record in caplog.records)  # type: ignore[attr-defined]
    assert {**first, "id": "", "ms": 0} == {**second, "id": "", "ms": 0}
    assert first["id"] != second["id"]


def test_what_head_asked_for_serves_get(service: TestClient, reached: list[str]) -> None:
    head = service.head("/issues", headers={"Range": "bytes=0-1"})
    get = service.get("/issues")

    assert reached == ["/issues"]
    assert head.headers == get.headers
    assert len(get.json()["items"]) > 1


@pytest.mark.parametrize("url", ["/issues/999999", "/nope", "/issues?limit=0", "/issues.csv?lang=fr", "/healthz", "/"])
def test_only_a_representation_is_kept(service: TestClient, cache: ResponseCache, reached: list[str], url: str) -> None:
    first, second = (service.get(url, follow_redirects=False) for _ in range(2))

    assert len(reached) == 2
    assert cache.responses.currsize == 0
    assert (first.status_code, first.content) == (second.status_code, second.content)


def test_mounts_are_told_apart(service: TestClient, own_app: FastAPI) -> None:
    mounted = Client(own_app, root_path="/data")

    for _ in range(2):
        assert mounted.get("/issues").json()["items"][0]["url"].startswith("/data/issues/1")
        assert service.get("/issues").json()["items"][0]["url"].startswith("/issues/1")


def test_encodings_are_told_apart_however_many_lines_name_them(service: TestClient) -> None:
    lines = [("Accept-Encoding", "br"), ("Accept-Encoding", "gzip")]

    assert service.get("/issues", headers=lines).headers["content-encoding"] == "br"
    assert service.get("/issues", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert service.get("/issues", headers=lines).headers["content-encoding"] == "br"


def test_a_flood_of_addresses_does_not_grow_the_cache(service: TestClient, cache: ResponseCache) -> None:
    cache.responses = type(cache.responses)(400_000, CachedResponse.size)

    for offset in range(200):
        service.get("/metrics", params={"limit": 1, "offset": offset})
        assert cache.responses.currsize <= 400_000

    assert len(cache.responses) > 10


def test_a_response_that_is_larger_than_the_cache_is_sent_and_not_kept(
    service: TestClient, cache: ResponseCache
) -> None:
    cache.responses = type(cache.responses)(1000, CachedResponse.size)

    assert service.get("/issues").status_code == 200
    assert cache.responses.currsize == 0


def test_what_the_cache_counts_is_no_less_than_what_it_takes(service: TestClient, cache: ResponseCache) -> None:
    """The longest address that is kept, with links to itself, an encoding and a 304 made of it."""
    words = "%E6%95%B4%E6%94%B9%20" * 30
    query = f"q={words}"[: LONGEST_KEY - 120].rpartition("%")[0]
    for headers in ({}, {"If-None-Match": "*"}):
        service.get(f"/measures?{query}", headers={"Accept-Encoding": "gzip, deflate, br", **headers})
    ((key, response),) = cache.responses.items()

    shared = {id(value) for header in RAW_HEADERS for value in (header, *header)}
    taken = deep_size((key, response), shared)

    assert 2000 < taken - sys.getsizeof(response.body) <= OVERHEAD


def deep_size(value: Any, counted: set[int]) -> int:
    """Return the bytes of an object with all that it holds, each once."""
    if id(value) in counted:
        return 0
    counted.add(id(value))
    size = sys.getsizeof(value)
    if isinstance(value, CachedResponse):
        return size + deep_size(vars(value), counted)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else ()
    return size + sum(deep_size(part, counted) for part in inner)


@pytest.mark.parametrize("url", ["/issues?" + "topic=housing&" * 200, "/issues"])
def test_addresses_and_headers_longer_than_any_honest_one_leave_nothing_behind(
    service: TestClient, cache: ResponseCache, url: str
) -> None:
    long = "identity" + ", a" * 4_000 if url == "/issues" else "identity"

    response = service.get(url, headers={"Accept-Encoding": long, "If-Modified-Since": long, "Accept": long})

    assert response.status_code == 200
    assert cache.responses.currsize == 0


def test_a_range_passes_by_the_cache(service: TestClient, cache: ResponseCache, reached: list[str]) -> None:
    whole = [service.get("/issues", headers={"Range": "bytes=0-9"}) for _ in range(2)]
    parts = [service.get("/dataset/metrics.csv", headers={"Range": "bytes=0-9"}) for _ in range(2)]

    assert [response.status_code for response in whole] == [200, 200]
    assert [(part.status_code, len(part.content)) for part in parts] == [(206, 10)] * 2
    assert reached.count("/dataset/metrics.csv") == 2
    assert "/dataset/metrics.csv" not in {key[0] for key in cache.responses}  # type: ignore[index]


def test_what_is_streamed_is_made_anew_each_time_and_never_kept(
    service: TestClient, cache: ResponseCache, reached: list[str]
) -> None:
    first, second = (service.get(STREAMED, headers={"Accept-Encoding": "identity"}) for _ in range(2))

    assert first.content == second.content
    assert len(reached) == 2
    assert cache.responses.currsize == 0


@pytest.fixture
def remaining(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many records are read before reading fails."""
    left = {"records": 0}
    cite = Repository.cite

    def failing(repository: Repository, *arguments: Any) -> dict[str, str]:
        left["records"] -= 1
        if left["records"] < 0:
            raise RuntimeError("the disk is gone")
        return cite(repository, *arguments)

    monkeypatch.setattr(Repository, "cite", failing)
    return left


@pytest.fixture
def idle(own_app: FastAPI) -> Iterator[None]:
    """Every connection to the database is idle afterwards that was before."""
    connections = own_app.state.database.engine.open().idle
    before = set(connections)
    yield
    assert before
    assert before <= set(connections)


async def exchange(service: Any, url: str, send: Send, receive: Receive) -> None:
    """Make a GET request, with what the client sends and receives in the test's own hands."""
    path, _, query = url.partition("?")
    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "method": "GET", "headers": []}
    await service({**scope, "path": path, "query_string": query.encode()}, receive, send)


async def stay() -> Message:
    message: Message = await asyncio.get_running_loop().create_future()
    return message


async def leave() -> Message:
    return {"type": "http.disconnect"}


@pytest.mark.usefixtures("idle")
def test_a_stream_that_breaks_midway_breaks_the_connection_and_is_not_kept(
    own_app: FastAPI, cache: ResponseCache, remaining: dict[str, int]
) -> None:
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    remaining["records"] = Client(own_app).get("/statements?limit=1").json()["total"] - 1
    with pytest.raises(RuntimeError):
        run(exchange(own_app, STREAMED, send, stay))

    assert messages[0]["status"] == 200
    assert messages[-1]["more_body"] is True, "whoever reads it sees that the end is missing"
    assert STREAMED not in {key[0] for key in cache.responses}  # type: ignore[index]


def test_a_stream_that_breaks_before_it_is_sent_is_a_problem_document(
    own_app: FastAPI, cache: ResponseCache, remaining: dict[str, int]
) -> None:
    remaining["records"] = 10

    response = Client(own_app, raise_server_exceptions=False).get(STREAMED)

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert cache.responses.currsize == 0


@pytest.mark.usefixtures("idle")
@pytest.mark.parametrize("url", [STREAMED, "/issues.csv", "/issues.xlsx", "/issues"])
def test_a_client_that_leaves_does_no_harm(
    service: TestClient, own_app: FastAPI, cache: ResponseCache, url: str
) -> None:
    whole = service.get(url).content
    cache.responses.clear()

    async def send(message: Message) -> None:
        pass

    run(exchange(own_app, url, send, leave))

    assert service.get(url).content == whole


@pytest.mark.usefixtures("idle")
def test_a_server_that_tells_by_an_error_that_the_client_left_gets_it_back(
    service: TestClient, own_app: FastAPI, cache: ResponseCache
) -> None:
    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        run(exchange(own_app, STREAMED, send, stay))

    assert cache.responses.currsize == 0
    assert service.get(STREAMED).status_code == 200

"""Caching: every data answer can be kept and asked after, and 304 is given only where a fresh answer would be 200."""

import asyncio
import gc
import sqlite3
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from app.http.compression import compressed
from app.http.store import Store
from app.queries.reader import Reader
from conftest import rerelease
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send
from zstandard import ZstdDecompressor

from app.http import answers
from app.http.caching import KEPT, Caching
from app.main import app, create_app
from app.settings import Settings

PATHS = app.openapi()["paths"]
OPERATIONS = [path for path in PATHS if path not in ("/healthz", "/readyz")]
LISTS = [path for path in OPERATIONS if "{" not in path and "text/csv" in str(PATHS[path])]
VALIDATING = (
    "etag",
    "last-modified",
    "cache-control",
    "vary",
    "access-control-allow-origin",
    "access-control-expose-headers",
)
every_operation = pytest.mark.parametrize("path", OPERATIONS)


def example(path: str) -> str:
    parameters = app.openapi()["paths"][path]["get"].get("parameters", ())
    needed = {p["name"]: p["example"] for p in parameters if p["in"] == "query" and p["required"]}
    keys = {p["name"]: p["example"] for p in parameters if p["in"] == "path"}
    return path.format(**keys) + (f"?{urlencode(needed)}" if needed else "")


@every_operation
def test_an_answer_carries_its_validators(client: TestClient, path: str) -> None:
    headers = client.get(example(path)).headers

    # A file is sent in ranges, so its tag is strong and nobody may compress it on the way.
    file = path == "/dataset/{file}"
    assert headers["etag"].startswith('"' if file else 'W/"')
    assert headers["last-modified"] == "Mon, 23 Nov 2026 00:00:00 GMT"
    assert headers["cache-control"] == "public, max-age=300" + (", no-transform" if file else "")
    assert "set-cookie" not in headers


@every_operation
@pytest.mark.parametrize("encoding", ["identity", "gzip", "br", "zstd"])
def test_whoever_holds_the_answer_gets_a_304_with_the_same_headers(
    client: TestClient, path: str, encoding: str
) -> None:
    fresh = client.get(example(path), headers={"Accept-Encoding": encoding})

    asked = {"Accept-Encoding": encoding, "If-None-Match": fresh.headers["etag"]}
    for answer in (client.get(example(path), headers=asked), client.head(example(path), headers=asked)):
        assert answer.status_code == 304
        assert answer.content == b""
        assert {name: answer.headers.get(name) for name in VALIDATING} == {
            name: fresh.headers.get(name) for name in VALIDATING
        }
        assert not {"content-type", "content-length", "content-encoding"} & set(answer.headers)


@pytest.mark.parametrize(
    "condition",
    ["{tag}", "*", '"other", {tag}', 'W/"other",{tag}', "{strong}", ' {tag} , "other"', '"a,b", {tag}'],
)
def test_a_list_of_tags_or_a_star_or_a_strong_form_is_understood(client: TestClient, condition: str) -> None:
    tag = client.get("/issues").headers["etag"]

    asked = {"If-None-Match": condition.format(tag=tag, strong=tag.removeprefix("W/"))}

    assert client.get("/issues", headers=asked).status_code == 304


@pytest.mark.parametrize("condition", ['"other"', 'W/"other", "another"', "nonsense", "", '"*"'])
def test_another_tag_gets_the_answer(client: TestClient, condition: str) -> None:
    assert client.get("/issues", headers={"If-None-Match": condition}).status_code == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Mon, 23 Nov 2026 00:00:00 GMT", 304),
        ("Tue, 24 Nov 2026 00:00:00 GMT", 304),
        ("Sun, 22 Nov 2026 23:59:59 GMT", 200),
        ("yesterday", 200),
        ("", 200),
    ],
)
def test_a_date_is_a_condition_too(client: TestClient, since: str, status: int) -> None:
    assert client.get("/issues", headers={"If-Modified-Since": since}).status_code == status


def test_a_tag_outweighs_a_date(client: TestClient) -> None:
    asked = {"If-None-Match": '"other"', "If-Modified-Since": "Tue, 24 Nov 2026 00:00:00 GMT"}

    assert client.get("/issues", headers=asked).status_code == 200


@pytest.mark.parametrize("url", ["/issues/42", "/nope", "/issues?limit=0"])
def test_an_error_stays_an_error_whatever_the_condition(client: TestClient, url: str) -> None:
    fresh, asked = client.get(url), client.get(url, headers={"If-None-Match": "*"})

    assert asked.status_code == fresh.status_code
    assert asked.content == fresh.content
    assert "etag" not in fresh.headers
    assert fresh.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("url", ["/healthz", "/readyz"])
def test_health_is_never_kept(client: TestClient, url: str) -> None:
    answer = client.get(url, headers={"If-None-Match": "*"})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@every_operation
def test_compression_is_told_only_where_it_happens(client: TestClient, path: str) -> None:
    plain = client.get(example(path), headers={"Accept-Encoding": "identity"})

    for encoding in ("gzip", "br", "zstd"):
        answer = client.get(example(path), headers={"Accept-Encoding": encoding})
        compressed = len(plain.content) >= 500 and path != "/dataset/{file}"
        # The client undoes the other two by itself.
        zstd = compressed and encoding == "zstd"
        assert (ZstdDecompressor().decompress(answer.content) if zstd else answer.content) == plain.content
        assert answer.headers.get("content-encoding") == (encoding if compressed else None)
        vary = [name for name, told in (("Accept", path in LISTS), ("Accept-Encoding", compressed)) if told]
        assert answer.headers.get("vary") == plain.headers.get("vary") == (", ".join(vary) or None)
        assert answer.headers["etag"] == plain.headers["etag"]


def test_an_encoding_that_is_ruled_out_is_not_used(client: TestClient) -> None:
    answer = client.get("/issues", headers={"Accept-Encoding": "zstd;q=0, br;q=0, gzip"})

    assert answer.headers["content-encoding"] == "gzip"


def test_every_answer_has_its_own_tag(client: TestClient) -> None:
    urls = ["/issues", "/issues?limit=49", "/issues?offset=1", "/issues/8", "/issues/9", "/measures", "/metrics"]

    assert len({client.get(url).headers["etag"] for url in urls}) == len(urls)


def test_the_tag_changes_with_the_data_and_only_then(seed: Path, tmp_path: Path, client: TestClient) -> None:
    notice = seed / "shanghai-putuo-2024" / "notice.json"
    same = TestClient(create_app(Settings(seed=seed, database=tmp_path / "same")))
    before = same.get("/source.txt").headers["etag"]
    notice.write_text(notice.read_text().replace("Held a special meeting.", "Held one special meeting."))
    changed = TestClient(create_app(Settings(seed=rerelease(seed), database=tmp_path / "changed")))

    assert before == client.get("/source.txt").headers["etag"]
    assert changed.get("/source.txt").headers["etag"] != before


SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "cross-origin",
}


@pytest.mark.parametrize(
    "url", ["/issues", "/issues/42", "/nope", "/issues?limit=0", "/docs", "/healthz", "/source.txt"]
)
def test_every_answer_is_guarded(client: TestClient, url: str) -> None:
    headers = client.get(url).headers

    assert {name: headers[name] for name in SECURITY} == SECURITY
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "strict-transport-security" not in headers
    assert "upgrade-insecure-requests" not in headers["content-security-policy"]


ENCODINGS = ["identity", "gzip", "br", "zstd"]
STREAMED = "/statements?format=csv"  # larger than what is gathered before it is sent
FILES = [f"{path}{'&' if '?' in path else '?'}format=csv" for path in ("/issues", "/search?q=3次")]
URLS = [example(path) for path in OPERATIONS if path != "/dataset/{file}"] + FILES


@pytest.fixture(scope="module")
def own_app(seed_app: FastAPI) -> FastAPI:
    """A service over the same database as the others, whose store no other test fills."""
    assert seed_app.state.database.file
    return create_app(Settings(database=seed_app.state.database.path.parent))


@pytest.fixture
def service(own_app: FastAPI) -> TestClient:
    """A client of that service, which has nothing in store."""
    client = TestClient(own_app)
    caching(client).store = Store(KEPT)
    return client


def caching(client: TestClient) -> Caching:
    """The layer of the client's service that keeps answers."""
    client.get("/healthz")  # the layers are put together by the first request
    layer: Any = client.app.middleware_stack  # type: ignore[attr-defined]
    while not isinstance(layer, Caching):
        layer = layer.app
    return layer


def reached(layer: Caching, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that get through to the application behind the layer, from now on."""
    paths: list[str] = []
    inner = layer.app

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        paths.append(scope["path"])
        await inner(scope, receive, send)

    monkeypatch.setattr(layer, "app", counting)
    return paths


def sent(client: TestClient, method: str, url: str, **headers: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and body as they went over the wire."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream(method, url, headers=given) as answer:
        return answer.status_code, answer.headers.multi_items(), b"".join(answer.iter_raw())


@pytest.mark.parametrize("url", URLS)
def test_a_kept_answer_is_byte_for_byte_a_fresh_one_and_costs_no_work(
    service: TestClient, client: TestClient, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    keeping, forgetting = caching(service), caching(client)
    monkeypatch.setattr(forgetting, "store", Store(0))
    tag = client.get(url).headers["etag"]
    asked = [
        (method, {"Accept_Encoding": encoding, **condition})
        for method in ("GET", "HEAD")
        for encoding in ENCODINGS
        for condition in ({}, {"If_None_Match": tag})
    ]
    fresh = [sent(client, method, url, **headers) for method, headers in asked]
    for encoding in ENCODINGS:
        sent(service, "GET", url, Accept_Encoding=encoding)

    paths, statements = reached(keeping, monkeypatch), list[str]()
    idle: list[sqlite3.Connection] = list(service.app.state.database._idle)  # type: ignore[attr-defined]
    for connection in idle:
        connection.set_trace_callback(statements.append)
    monkeypatch.setattr(answers, "compressed", None)
    kept = [sent(service, method, url, **headers) for method, headers in asked]

    assert kept == fresh
    assert {status for status, _, _ in kept} == {200, 304}
    assert (paths, statements) == ([], [])


def test_a_kept_answer_serves_head_and_a_head_what_is_kept(
    service: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = reached(caching(service), monkeypatch)

    head = service.head("/issues")
    body = service.get("/issues")

    assert paths == ["/issues"]
    assert head.headers == body.headers
    assert len(body.json()["items"]) == 41


@pytest.mark.parametrize("accept", ["*/*", "image/png"])
@pytest.mark.parametrize("url", ["/issues/42", "/nope", "/issues?limit=0", "/issues?format=csv&lang=en", "/healthz"])
def test_an_error_and_health_are_never_kept(
    service: TestClient, monkeypatch: pytest.MonkeyPatch, url: str, accept: str
) -> None:
    layer = caching(service)
    paths = reached(layer, monkeypatch)

    first, second = (service.get(url, headers={"Accept": accept}) for _ in range(2))

    assert len(paths) == 2
    assert layer.store.size == 0
    assert (first.status_code, first.content) == (second.status_code, second.content)


def test_each_compression_is_made_once(service: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made: Counter[str] = Counter()

    def counting(body: bytes, encoding: str) -> bytes:
        made[encoding] += 1
        return compressed(body, encoding)

    monkeypatch.setattr(answers, "compressed", counting)
    paths = reached(caching(service), monkeypatch)
    for encoding in ["gzip", "gzip", "identity", "br", "zstd", "br", "gzip", "zstd"] * 3:
        service.get("/measures", headers={"Accept-Encoding": encoding})

    assert made == {"gzip": 1, "br": 1, "zstd": 1}
    assert paths == ["/measures"]


def test_answers_are_told_apart_by_what_is_accepted_and_where_the_service_is_mounted(service: TestClient) -> None:
    accepted = ["application/json", "text/csv", "application/x-ndjson", "image/png"]
    mounted = TestClient(service.app, root_path="/data")

    for _ in range(2):
        found = [service.get("/issues", headers={"Accept": accept}) for accept in accepted]
        assert [answer.headers["content-type"].partition(";")[0] for answer in found] == [
            *accepted[:3],
            "application/problem+json",
        ]
        assert mounted.get("/issues").json()["items"][0]["url"].startswith("/data/issues/1")
        assert service.get("/issues").json()["items"][0]["url"].startswith("/issues/1")


def test_a_flood_of_addresses_neither_grows_the_store_nor_evicts_what_was_asked_for_twice(
    service: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = caching(service)
    layer.store = Store(400_000)
    for _ in range(2):
        service.get("/notice")

    for offset in range(300):
        service.get("/metrics", params={"limit": 1, "offset": offset})
        assert layer.store.size <= 400_000

    paths = reached(layer, monkeypatch)
    assert service.get("/notice").status_code == 200
    assert paths == []


def test_what_the_store_counts_is_no_less_than_what_it_takes(service: TestClient) -> None:
    layer = caching(service)
    urls = [f"/measures?limit=1&offset={offset}" for offset in range(400)]
    for url in urls[:100]:
        service.get(url)
    gc.collect()
    tracemalloc.start()
    before, counted = tracemalloc.get_traced_memory()[0], layer.store.size

    for url in urls[100:]:
        service.get(url)
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()

    assert 100_000 < taken <= layer.store.size - counted


@pytest.mark.parametrize("header", ["Accept", "Accept-Encoding", "If-Modified-Since"])
def test_headers_longer_than_any_honest_one_leave_nothing_behind(service: TestClient, header: str) -> None:
    layer = caching(service)
    long = "*/*, gzip, " + "a/b, " * 4_000
    service.get("/issues", headers={"Accept-Encoding": "identity"})
    size = layer.store.size

    answer = service.get("/issues", headers={"Accept-Encoding": "identity", header: long})

    assert answer.status_code == 200
    assert layer.store.size == size
    assert "content-encoding" not in answer.headers


def test_a_range_passes_by_the_store(service: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    layer = caching(service)
    paths = reached(layer, monkeypatch)

    whole = [service.get("/issues", headers={"Range": "bytes=0-9"}) for _ in range(2)]

    assert [answer.status_code for answer in whole] == [200, 200]
    assert len(paths) == 2
    assert layer.store.size == 0
    parts = [service.get("/dataset/metrics.csv", headers={"Range": "bytes=0-9"}) for _ in range(2)]
    assert [(part.status_code, len(part.content)) for part in parts] == [(206, 10)] * 2
    assert paths.count("/dataset/metrics.csv") == 2


def test_what_is_streamed_is_made_anew_each_time_and_never_kept(
    service: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = caching(service)
    paths = reached(layer, monkeypatch)

    first, second = (service.get(STREAMED) for _ in range(2))

    assert first.content == second.content
    assert len(paths) == 2
    assert layer.store.size == 0


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many records are read before reading fails."""
    left = {"records": 0}
    placed = Reader.placed

    def failing(reader: Reader, text: str) -> str:
        left["records"] -= 1
        if left["records"] < 0:
            raise RuntimeError("the disk is gone")
        return placed(reader, text)

    monkeypatch.setattr(Reader, "placed", failing)
    return left


async def exchange(app: Any, url: str, send: Send, receive: Receive) -> None:
    """A GET, with what the client sends and receives in the test's own hands."""
    path, _, query = url.partition("?")
    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "method": "GET", "headers": []}
    await app({**scope, "path": path, "query_string": query.encode()}, receive, send)


async def waiting() -> Message:
    """A client that stays."""
    message: Message = await asyncio.get_running_loop().create_future()
    return message


def test_a_stream_that_breaks_midway_breaks_the_connection_and_is_not_kept(
    service: TestClient, breaking: dict[str, int]
) -> None:
    layer = caching(service)
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    breaking["records"] = 480
    with pytest.raises(RuntimeError):
        asyncio.run(exchange(service.app, STREAMED, send, waiting))

    # Whoever reads it sees that the end is missing.
    assert messages[0]["status"] == 200
    assert messages[-1]["more_body"] is True
    assert layer.store.size == 0
    breaking["records"] = 10_000
    assert service.get(STREAMED).text.count("\r\n") == 493


def test_a_stream_that_breaks_before_it_is_sent_is_a_problem_document(
    service: TestClient, breaking: dict[str, int]
) -> None:
    breaking["records"] = 10

    answer = TestClient(service.app, raise_server_exceptions=False).get(STREAMED)

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("url", [STREAMED, "/issues?format=csv", "/issues?format=xlsx", "/issues"])
def test_a_client_that_leaves_does_no_harm(service: TestClient, url: str) -> None:
    layer = caching(service)
    whole = service.get(url).content
    layer.store = Store(10**7)
    idle = service.app.state.database._idle  # type: ignore[attr-defined]
    gc.collect()
    before, messages = len(idle), list[Message]()

    async def send(message: Message) -> None:
        messages.append(message)

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    asyncio.run(exchange(service.app, url, send, gone))
    gc.collect()

    assert len(idle) >= before
    assert service.get(url).content == whole


def test_a_server_that_tells_by_an_error_that_the_client_left_gets_it_back(service: TestClient) -> None:
    layer = caching(service)

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        asyncio.run(exchange(service.app, STREAMED, send, waiting))

    assert layer.store.size == 0
    assert service.get(STREAMED).status_code == 200

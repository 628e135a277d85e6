"""Caching: every data answer can be kept and asked after, and 304 is given only where a fresh answer would be 200."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from zstandard import ZstdDecompressor

from app.main import app, create_app
from app.settings import Settings

OPERATIONS = [path for path in app.openapi()["paths"] if path not in ("/healthz", "/readyz")]
LISTS = [path for path, operations in app.openapi()["paths"].items() if "text/csv" in str(operations) and "{" not in path]
KEPT = (
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
        assert {name: answer.headers.get(name) for name in KEPT} == {name: fresh.headers.get(name) for name in KEPT}
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
    changed = TestClient(create_app(Settings(seed=seed, database=tmp_path / "changed")))

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

"""Errors: one shape for all, in the reader's language, with what was most likely meant."""

import asyncio
import json
from functools import partial
from typing import Any

import pytest
from asgi import Client, run
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from operations import DOCUMENT, OPERATIONS, clear_cache, example, parameters

PROBLEM = ["type", "title", "status", "detail", "instance", "errors"]
KEYED = [path for path in OPERATIONS if "{" in path]
SCHEMA = Draft202012Validator(
    {"$ref": "#/components/schemas/Problem", "components": DOCUMENT["components"]},
)

every_operation = pytest.mark.parametrize("path", OPERATIONS)
every_keyed = pytest.mark.parametrize("path", KEYED)


def problem(response: Any, status: int) -> dict[str, Any]:
    """Check that a response is a problem document as the OpenAPI document promises it; return it."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["access-control-allow-origin"] == "*"
    body: dict[str, Any] = response.json()
    assert list(body) == PROBLEM
    assert body["status"] == status
    SCHEMA.validate(body)
    return body


@every_keyed
@pytest.mark.parametrize(
    "key", ["nonsense", "0", "00", "1.0", "+1", "-1", " 1", "%201", "1e0", "٣", "01", "99999999999999999999", "1%00"]
)
def test_an_unknown_or_malformed_key_is_not_found_and_told_what_exists(client: TestClient, path: str, key: str) -> None:
    collection = path.partition("/{")[0]

    body = problem(client.get(f"{collection}/{key}"), 404)

    assert body["errors"][0]["in"] == "path"
    assert len(body["errors"][0]["allowed"]) == client.get(collection).json()["total"]


@every_keyed
def test_bad_parameters_are_told_before_a_missing_thing(client: TestClient, path: str) -> None:
    problem(client.get(f"{path.partition('/{')[0]}/nonsense?nonsense=1"), 422)


@pytest.mark.parametrize(
    "address",
    ["/nope", "/issues/", "/issue", "/issues/8/metrics", "/%00", "/..%2f..%2fetc", "/issues//8", "/%FF"],
)
def test_an_unknown_address_is_not_found_and_told_what_exists(client: TestClient, address: str) -> None:
    body = problem(client.get(address), 404)

    assert {*OPERATIONS, "/docs", "/openapi.json"} <= set(body["errors"][0]["allowed"])


# What people try, with what they are told, or None where nothing here is meant by it.
TRIED_PARAMETERS: dict[str, dict[str, str | None]] = {
    "/issues": {
        **dict.fromkeys(["page", "p", "skip", "start", "cursor", "offsett"], "offset"),
        **dict.fromkeys(["per_page", "page_size", "pageSize", "pagesize", "size", "count", "rows", "top"], "limit"),
        **dict.fromkeys(["id", "ids", "no"], "number"),
        **dict.fromkeys(["search", "query", "keyword", "keywords", "s", "title", "name", "text", "quote"], "q"),
        **dict.fromkeys(["order", "order_by", "orderby", "sort_by"], "sort"),
        **dict.fromkeys(["theme", "tag"], "topic"),
        **dict.fromkeys(["select", "columns", "include"], "fields"),
        **dict.fromkeys(["district", "dataset"], "notice"),
        **dict.fromkeys(["from", "to", "since", "until", "date", "min", "max", "lang", "language", "format"], None),
        "type": "kind",
    },
    "/metrics": {
        **dict.fromkeys(["from", "since", "date_from"], "period_from"),
        **dict.fromkeys(["to", "until"], "period_to"),
        **dict.fromkeys(["tag", "theme", "format"], None),
        **{"min": "value_min", "max": "value_max", "date": "year", "ids": "id", "number": "issue", "type": "nature"},
    },
    "/measures": {"body": "organization", "number": "issue", "type": "kind"},
    "/statements": {"type": "role"},
    "/numerals": {"type": "class"},
    "/search": {"search": "q", "query": "q", "text": "q", "page": "offset"},
    "/locate": {"q": "text", "query": "text", "quote": "text", "s": "text"},
    "/issues/8": {"page": None, "q": None, "lang": None},
    "/issues.csv": {"page": "offset", "language": "lang", "size": "limit"},
    "/issues/facets": {"page": None, "search": "q"},
}
TRIED = [(path, name, meant) for path, names in TRIED_PARAMETERS.items() for name, meant in names.items()]


@pytest.mark.parametrize(("path", "name", "meant"), TRIED)
def test_a_parameter_of_others_is_told_ours(client: TestClient, path: str, name: str, meant: str | None) -> None:
    body = problem(client.get(f"{path}?{name}=1"), 422)

    (error,) = (error for error in body["errors"] if error["name"] == name)
    assert error["suggestion"] == meant


@every_operation
def test_a_parameter_is_only_told_where_it_is_taken(client: TestClient, path: str) -> None:
    names = {parameter["name"] for parameter in parameters(path)}
    tried = sorted({name for _, name, _ in TRIED} - names)

    for name in tried:
        (error,) = (e for e in problem(client.get(example(path, f"{name}=1")), 422)["errors"] if e["name"] == name)
        assert error["suggestion"] in {None, *names}


TRIED_PATHS = {
    **dict.fromkeys(["/swagger", "/swagger-ui", "/swagger-ui.html", "/swagger-ui/index.html", "/redoc"], "/docs"),
    **dict.fromkeys(["/api", "/api/", "/api/v1", "/api-docs", "/v3/api-docs"], "/docs"),
    **dict.fromkeys(["/docs/", "/doc", "/documentation", "/help"], "/docs"),
    **dict.fromkeys(["/swagger.json", "/openapi.yaml", "/openapi", "/v1/openapi.json"], "/openapi.json"),
    **dict.fromkeys(["/issues/", "/Issues", "/issue", "/isues", "/issues.json"], "/issues"),
    **dict.fromkeys(["/api/issues", "/api/v1/issues/", "/rest/issues"], "/issues"),
    **{"/issue/14": "/issues/14", "/issues/14/": "/issues/14", "/issues/14/nonsense": "/issues/14"},
    **{f"/issues/14/{name}": f"/{name}?issue=14" for name in ("measures", "metrics", "statements")},
    **{f"/categories/1/{name}/": f"/{name}?category=1" for name in ("issues", "measures", "metrics", "statements")},
    "/api/issues/14/measures": "/measures?issue=14",
    "/notices/shanghai-putuo-2024/issues": "/issues?notice=shanghai-putuo-2024",
    "/notice/shanghai-putuo-2024": "/notices/shanghai-putuo-2024",
    "/sections/s2-3/metrics": "/metrics?section=s2-3",
    "/metrics/rd-spending-increase/": "/metrics/rd-spending-increase",
    "/measures/m14-3/metrics": "/measures/m14-3",
    **{"/issues.tsv": "/issues.csv", "/issues.xls": "/issues.xlsx", "/dataset.zip": "/dataset", "/data": "/dataset"},
    **{"/health": "/healthz", "/status": "/healthz", "/ready": "/readyz", "/download": "/dataset"},
    **{"/source": "/source.txt", "/figures": "/metrics", "/rss": "/changes.atom", "/sitemap": "/sitemap.xml"},
    **dict.fromkeys(["/graphql", "/wp-admin", "/.env", "/index.html", "/123", "/消防", "/a/b/c/d"], None),
}


@pytest.mark.parametrize(("path", "meant"), TRIED_PATHS.items())
def test_an_address_of_other_services_is_told_ours(client: TestClient, path: str, meant: str | None) -> None:
    (error,) = problem(client.get(path), 404)["errors"]

    assert error["suggestion"] == meant
    if meant:
        assert client.get(meant).status_code == 200


def test_no_number_is_suggested_for_another(client: TestClient) -> None:
    assert client.get("/issues/999").json()["errors"][0]["suggestion"] is None


CHINESE = ["zh", "zh-CN", "zh-Hans-CN", "ZH-cn", "zh-TW,en;q=0.5", "fr,zh;q=0.8,en;q=0.5", "en;q=0,zh", "de, zh , en"]
ENGLISH = ["", "en", "en-US,zh;q=0.5", "fr", "*", "zh;q=0", "zh;q=0.0,en", "nonsense;;;", "zhuang", "\xff", "a" * 5000]


@pytest.mark.parametrize(
    "url",
    ["/nope", "/issues/999", "/issues?nonsense=1", "/issues?limit=0", "/search", "/issues?category=", "/search?q=%FF"],
)
def test_an_error_is_in_the_language_that_the_client_reads(client: TestClient, url: str) -> None:
    english = problem(client.get(url), client.get(url).status_code)
    chinese = problem(client.get(url, headers={"Accept-Language": "zh"}), english["status"])

    assert english["detail"].isascii() or "消防" in english["detail"]
    assert not chinese["detail"].isascii()
    assert {name: english[name] for name in ("type", "title", "status", "instance")} == {
        name: chinese[name] for name in ("type", "title", "status", "instance")
    }
    for one, other in zip(english["errors"], chinese["errors"], strict=True):
        assert one["message"] != other["message"]
        assert {**one, "message": ""} == {**other, "message": ""}
    for language in CHINESE:
        response = client.get(url, headers={"Accept-Language": language})
        assert (response.json(), response.headers["content-language"]) == (chinese, "zh")
    for language in ENGLISH:
        response = client.get(url, headers={b"Accept-Language": language.encode("latin-1")})
        assert (response.json(), response.headers["content-language"]) == (english, "en")


def test_every_kind_of_error_is_told_in_chinese_too(client: TestClient) -> None:
    headers = {"Accept-Language": "zh"}
    refused = client.post("/issues", headers=headers)
    past_the_end = client.get("/dataset/metrics.csv", headers={**headers, "Range": "bytes=99999999-"})
    stale = client.get("/issues", headers={**headers, "If-Match": '"x"'})

    for response, status in ((refused, 405), (past_the_end, 416), (stale, 412)):
        assert not problem(response, status)["detail"].isascii()
        assert response.headers["content-language"] == "zh"


@every_operation
def test_a_crash_is_a_problem_document_that_tells_only_an_id(
    seed_app: FastAPI, path: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear_cache(seed_app)
    monkeypatch.setattr("app.http.route.validate_query", lambda *_: 1 / 0)
    client = Client(seed_app, raise_server_exceptions=False)

    body = problem(client.get(example(path)), 500)

    id = body["detail"].rpartition(" ")[2].rstrip(".")
    assert "ZeroDivisionError" not in json.dumps(body)
    assert id in caplog.text


def test_the_document_itself_takes_no_parameter_and_is_json_whatever_is_accepted(client: TestClient) -> None:
    assert client.get("/openapi.json?x=1").status_code == 422
    assert client.get("/openapi.json", headers={"Accept": "text/html"}).headers["content-type"] == "application/json"


def test_the_instance_is_a_reference_under_the_mount(seed_app: FastAPI) -> None:
    client = Client(seed_app, root_path="/open")

    assert client.get("/issues/%00?x=%20").json()["instance"] == "/open/issues/%00?x=%20"
    assert client.get("/一").json()["instance"] == "/open/%E4%B8%80"


HEADERS = [
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Cache-Control",
    "Content-Length",
    "Content-Type",
    "Cookie",
    "Expect",
    "Forwarded",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Origin",
    "Pragma",
    "Range",
    "Referer",
    "TE",
    "Upgrade",
    "User-Agent",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Prefix",
    "X-Forwarded-Proto",
    "X-HTTP-Method-Override",
    "X-Original-URL",
]
URLS = ["/issues?limit=1", "/issues/8", "/search?q=3", "/nope", "/issues?limit=0", "/categories.csv", "/zh/issues", "/"]
URLS += ["/dataset/metrics.csv", "/source.txt", "/openapi.json"]
PIECES = ["*", ",", ";", "=", "q=", "q=0", "q=1.5", '"', "W/", "bytes=", "-", "0", "9" * 30, "gzip", "br", "zh", "en"]
PIECES += [" ", "\t", "utf-8", "GMT", "Mon, 23 Nov 2026 00:00:00", "text/html", "application/json", "\xff", "%00"]
PIECES += ["http://", "a" * 500]
JUNK = st.one_of(
    st.binary(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: "".join(pieces).encode("latin-1")),
)
PATHS = st.lists(st.sampled_from([*"/.%_-~0", "issues", "api", "v1", "消", "\x00", "zh", "14", "{id}"]), max_size=9)
# The same examples every time, however long each takes.
bounded = partial(settings, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@bounded(max_examples=40)
@given(url=st.sampled_from(URLS), method=st.sampled_from(["GET", "HEAD"]), value=JUNK)
@pytest.mark.parametrize("header", HEADERS)
def test_no_header_is_an_error_of_the_server(
    seed_app: FastAPI, header: str, url: str, method: str, value: bytes
) -> None:
    assert status(seed_app, method, url, [(header, value)]) < 500


@bounded(max_examples=150)
@given(headers=st.lists(st.tuples(st.sampled_from(HEADERS), JUNK), max_size=8), url=st.sampled_from(URLS))
def test_no_headers_together_are_an_error_of_the_server(
    seed_app: FastAPI, headers: list[tuple[str, bytes]], url: str
) -> None:
    assert status(seed_app, "GET", url, headers) < 500


@bounded(max_examples=300)
@given(parts=PATHS)
def test_no_address_is_an_error_of_the_server(seed_app: FastAPI, parts: list[str]) -> None:
    assert status(seed_app, "GET", "/" + "".join(parts), []) < 500


@bounded(max_examples=200)
@given(
    query=st.binary(max_size=80), path=st.sampled_from(["/issues", "/search", "/metrics.csv", "/locate", "/zh/search"])
)
def test_no_query_is_an_error_of_the_server(seed_app: FastAPI, query: bytes, path: str) -> None:
    assert status(seed_app, "GET", path, [], query) < 500


def status(app: FastAPI, method: str, url: str, headers: list[tuple[str, bytes]], query: bytes = b"") -> int:
    """Return the status of a response; the bytes of headers and query are sent as they are."""
    found: list[int] = []

    async def receive() -> Any:
        return await asyncio.get_running_loop().create_future()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            found.append(message["status"])

    path, _, words = url.partition("?")
    scope = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "method": method, "path": path}
    raw = [(name.lower().encode(), value) for name, value in headers]
    run(app({**scope, "query_string": words.encode() or query, "headers": raw}, receive, send))
    return found[0]

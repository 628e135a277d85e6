"""Every operation of the OpenAPI document keeps the conventions: a new route is covered the moment it exists."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from app.main import app
from app.openapi.examples import shown

DOCUMENT = app.openapi()
OPERATIONS = {path: item["get"] for path, item in DOCUMENT["paths"].items()}
COLLECTIONS = [path for path in OPERATIONS if any(p["name"] == "limit" for p in OPERATIONS[path].get("parameters", ()))]
RECORDS = [path for path in COLLECTIONS if path not in ("/search", "/notices", "/indicators", "/glossary", "/changes")]
KEYED = [path for path in OPERATIONS if "{" in path]
ENVELOPE = ["items", "total", "limit", "offset", "next", "previous"]
PROBLEM = ["type", "title", "status", "detail", "instance", "errors"]

WRONG = ("", "nonsense", "-1", "1.0", "٣", "99999999999999999999", "%00", "null", "1 ")
BLANK = ("", "%20", "%E3%80%80", "%00", "%1f", "a%7f", "x" * 1501)

every_operation = pytest.mark.parametrize("path", OPERATIONS)
every_collection = pytest.mark.parametrize("path", COLLECTIONS)
every_keyed = pytest.mark.parametrize("path", KEYED)


def example(path: str) -> str:
    """An address of the operation at which there is something."""
    parameters = OPERATIONS[path].get("parameters", ())
    keys = {p["name"]: p["example"] for p in parameters if p["in"] == "path"}
    needed = {p["name"]: p["example"] for p in parameters if p["in"] == "query" and p["required"]}
    return path.format(**keys) + (f"?{urlencode(needed)}" if needed else "")


def asking(path: str, query: str) -> str:
    """The same address, asked with more."""
    return example(path) + ("&" if "?" in example(path) else "?") + query


def taken(path: str) -> list[dict[str, Any]]:
    """The query parameters of the operation."""
    return [p for p in OPERATIONS[path].get("parameters", ()) if p["in"] == "query"]


def keys(path: str) -> dict[str, Any]:
    return {p["name"]: p["example"] for p in OPERATIONS[path].get("parameters", ()) if p["in"] == "path"}


def schema(path: str, status: int, media_type: str) -> Draft202012Validator:
    found = OPERATIONS[path]["responses"][str(status)]["content"][media_type]["schema"]
    return Draft202012Validator({**found, "components": DOCUMENT["components"]})


def assert_problem(path: str, answer: Any, status: int) -> dict[str, Any]:
    """The one shape of every error, as the document promises it; returns its body."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == "*"
    body: dict[str, Any] = answer.json()
    assert list(body) == PROBLEM
    assert body["status"] == status
    assert [list(slip) for slip in body["errors"]] == [["in", "name", "message", "allowed", "suggestion"]] * len(
        body["errors"]
    )
    schema(path, status, "application/problem+json").validate(body)
    return body


def test_the_document_is_valid() -> None:
    validate(DOCUMENT)


@every_operation
def test_an_operation_tells_its_reader_what_it_is(path: str) -> None:
    operation = OPERATIONS[path]

    assert operation["summary"]
    assert len(operation["description"]) > 25
    assert operation["operationId"].isidentifier()
    assert all(parameter["description"] for parameter in operation.get("parameters", ()))
    assert {"200", "422", "500"} <= set(operation["responses"])
    assert ("404" in operation["responses"]) == ("{" in path)


@every_operation
def test_every_parameter_has_an_example_that_it_takes(path: str) -> None:
    for parameter in OPERATIONS[path].get("parameters", ()):
        example = parameter["example"] if parameter["required"] else parameter["schema"]["examples"][0]
        Draft202012Validator(parameter["schema"]).validate(example)


@every_operation
def test_every_example_is_the_true_answer_and_fits_its_schema(client: TestClient, path: str) -> None:
    answer = client.get(asking(path, "limit=1") if path in COLLECTIONS else example(path))

    media_type = answer.headers["content-type"].partition(";")[0]
    example_shown = OPERATIONS[path]["responses"]["200"]["content"][media_type]["example"]
    assert answer.status_code == 200
    assert example_shown == shown(media_type, answer.text)
    schema(path, 200, media_type).validate(example_shown)


@every_operation
def test_an_answer_fits_its_schema_and_leaves_no_key_out(client: TestClient, path: str) -> None:
    answer = client.get(asking(path, "limit=200") if path in COLLECTIONS else example(path))

    if answer.headers["content-type"] == "application/json":
        schema(path, 200, "application/json").validate(answer.json())


def test_every_property_of_an_answer_is_required() -> None:
    for name, found in DOCUMENT["components"]["schemas"].items():
        assert sorted(found.get("required", [])) == sorted(found.get("properties", {})), name


@every_operation
def test_head_answers_as_get_does_without_the_body(client: TestClient, path: str) -> None:
    get, head = client.get(example(path)), client.head(example(path))

    assert head.status_code == get.status_code == 200
    assert head.headers == get.headers
    assert head.content == b""


@every_operation
def test_any_web_page_may_read_the_answer(client: TestClient, path: str) -> None:
    answer = client.get(example(path))

    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"Link", "X-Total-Count", "ETag"} <= set(answer.headers["access-control-expose-headers"].split(", "))


@every_operation
def test_an_unknown_parameter_is_named_and_the_known_ones_listed(client: TestClient, path: str) -> None:
    body = assert_problem(path, client.get(asking(path, "nonsense=1")), 422)

    names = sorted(p["name"] for p in taken(path))
    assert [(slip["in"], slip["name"], slip["allowed"]) for slip in body["errors"]] == [("query", "nonsense", names)]


@every_operation
def test_every_misspelt_parameter_is_refused_with_the_right_one(client: TestClient, path: str) -> None:
    for name in (p["name"] for p in taken(path) if len(p["name"]) > 1):
        body = assert_problem(path, client.get(asking(path, f"{name}x=1")), 422)
        assert [slip["suggestion"] for slip in body["errors"]] == [name]


@every_operation
def test_a_repeated_parameter_is_refused_unless_it_takes_several_values(client: TestClient, path: str) -> None:
    for parameter in taken(path):
        name = parameter["name"]
        answer = client.get(path.format(**keys(path)) + f"?{name}=1&{name}=1")
        if parameter["schema"]["type"] != "array":
            body = assert_problem(path, answer, 422)
            assert f"{name!r} may be given once, not 2 times." in [slip["message"] for slip in body["errors"]]


@every_operation
def test_a_needed_parameter_that_is_missing_is_named(client: TestClient, path: str) -> None:
    for parameter in (p for p in taken(path) if p["required"]):
        body = assert_problem(path, client.get(path), 422)
        assert [slip["name"] for slip in body["errors"]] == [parameter["name"]]


@every_operation
def test_a_value_outside_its_vocabulary_or_range_is_refused_with_what_is_allowed(client: TestClient, path: str) -> None:
    for parameter in taken(path):
        schema = parameter["schema"].get("items", parameter["schema"])
        for value in BLANK if "pattern" in schema else WRONG:
            if schema.get("type") == "number" and value in ("-1", "1.0"):
                continue
            url = path.format(**keys(path)) + f"?{parameter['name']}={value}"
            body = assert_problem(path, client.get(url), 422)
            told = {slip["name"]: slip for slip in body["errors"]}
            assert told[parameter["name"]]["allowed"]


@every_operation
def test_several_slips_are_told_at_once(client: TestClient, path: str) -> None:
    body = assert_problem(path, client.get(asking(path, "one=1&two=2")), 422)

    assert [slip["name"] for slip in body["errors"]] == ["one", "two"]


@every_operation
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_is_refused_with_what_is_allowed(client: TestClient, path: str, method: str) -> None:
    answer = client.request(method, example(path))

    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert list(answer.json()) == PROBLEM


@every_collection
def test_a_collection_answers_in_the_one_envelope(client: TestClient, path: str) -> None:
    answer = client.get(example(path))

    body = answer.json()
    assert list(body) == ENVELOPE
    assert (body["limit"], body["offset"]) == (50, 0)
    assert answer.headers["x-total-count"] == str(body["total"])
    assert len(body["items"]) == min(50, body["total"])


@every_collection
@pytest.mark.parametrize("limit", [1, 7, 200])
def test_walking_the_pages_gives_every_record_once_and_in_order(client: TestClient, path: str, limit: int) -> None:
    whole = walk(client, asking(path, "limit=200"))

    if limit > 1 or len(whole) < 100:
        assert walk(client, asking(path, f"limit={limit}")) == whole
    assert len({item["url"] if "url" in item else item["day"] for item in whole}) == len(whole)


def walk(client: TestClient, url: str | None) -> list[dict[str, Any]]:
    """Every item from `url` on, following `next` in the body and in `Link` and going back by `previous`."""
    items: list[dict[str, Any]] = []
    last = None
    while url:
        assert url.startswith("/")
        answer = client.get(url)
        body = answer.json()
        assert answer.links.get("next", {}).get("url") == body["next"]
        assert answer.links.get("prev", {}).get("url") == body["previous"]
        assert (body["previous"] is None) == (last is None)
        if last:
            assert client.get(body["previous"]).json()["items"] == last
        items += body["items"]
        last, url = body["items"], body["next"]
    assert len(items) == body["total"]
    return items


@every_collection
def test_past_the_end_is_an_empty_page(client: TestClient, path: str) -> None:
    body = client.get(asking(path, "offset=999999")).json()

    assert body["items"] == []
    assert body["next"] is None
    assert body["total"] > 0


@pytest.mark.parametrize("path", RECORDS)
def test_every_record_says_whose_it_is_and_its_address_gives_it_back(client: TestClient, path: str) -> None:
    for item in client.get(path, params={"limit": 200}).json()["items"]:
        key = item.get("id", item.get("number"))
        assert list(item)[:3] == ["notice", "uid", "url"]
        assert item["uid"] == f"{item['notice']}/{key}"
        assert item["url"] == f"{path}/{key}?notice={item['notice']}"
        found = client.get(item["url"]).json()
        assert {name: found[name] for name in item} == item


@every_keyed
@pytest.mark.parametrize(
    "key", ["nonsense", "0", "00", "1.0", "+1", "-1", " 1", "%201", "1e0", "٣", "99999999999999999999"]
)
def test_an_unknown_or_malformed_key_is_not_found_and_told_what_exists(client: TestClient, path: str, key: str) -> None:
    collection = path.partition("/{")[0]

    body = assert_problem(path, client.get(f"{collection}/{key}"), 404)

    assert body["errors"][0]["in"] == "path"
    assert len(body["errors"][0]["allowed"]) == client.get(collection).json()["total"]


@every_keyed
def test_bad_parameters_are_told_before_a_missing_thing(client: TestClient, path: str) -> None:
    assert_problem(path, client.get(f"{path.partition('/{')[0]}/nonsense?nonsense=1"), 422)


@pytest.mark.parametrize("address", ["/nope", "/issues/", "/issue", "/issues/8/metrics", "/%00", "/..%2f..%2fetc"])
def test_an_unknown_address_is_not_found_and_told_what_exists(client: TestClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(OPERATIONS) <= set(answer.json()["errors"][0]["allowed"])


def test_the_nearest_address_is_suggested(client: TestClient) -> None:
    assert client.get("/isues").json()["errors"][0]["suggestion"] == "/issues"


@pytest.mark.parametrize("origin", [None, "https://example.org"])
def test_options_is_answered_preflight_or_plain(client: TestClient, origin: str | None) -> None:
    headers = {"Origin": origin, "Access-Control-Request-Method": "GET"} if origin else {}

    answer = client.options("/issues", headers=headers)

    assert answer.status_code == 204
    assert answer.headers["allow"] == answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-origin"] == "*"


@every_operation
def test_a_crash_is_a_problem_document_that_tells_only_an_id(
    client: TestClient, path: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.http.contract.chosen", lambda *_: 1 / 0)

    # Asked in a way of its own, so that no answer is kept for it.
    body = assert_problem(path, client.get(example(path), headers={"Accept": "*/*;q=0.5"}), 500)

    id = body["detail"].rpartition(" ")[2].rstrip(".")
    assert "ZeroDivisionError" not in json.dumps(body)
    assert id in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_service_under_a_path_links_to_itself_there(seed_app: Any) -> None:
    client = TestClient(seed_app, root_path="/open")

    body = client.get("/issues?limit=2&category=1").json()

    assert body["next"] == "/open/issues?limit=2&category=1&offset=2"
    assert body["items"][0]["url"].startswith("/open/issues/1?")
    facets = client.get("/issues/facets").json()["facets"]
    assert facets["category"][0]["url"] == "/open/issues?category=1"


@pytest.mark.parametrize("query", ["year=2022&", "sort=value&", "unit=item&", "counted=issue&sort=-value&"])
def test_a_value_given_a_thousand_times_is_given_once(client: TestClient, query: str) -> None:
    once, often = client.get("/metrics?" + query), client.get("/metrics?" + query * 1200)

    assert often.status_code == 200
    assert often.json()["items"] == once.json()["items"]


@pytest.mark.parametrize("query", ["section=s{}&", "q{}=1&"])
def test_a_flood_of_slips_is_not_told_to_its_end(client: TestClient, query: str) -> None:
    url = "/metrics?" + "".join(query.format(n) for n in range(3000))

    body = assert_problem("/metrics", client.get(url), 422)

    assert len(body["errors"]) == 20


def test_the_first_mention_of_a_key_orders(client: TestClient) -> None:
    both, first = client.get("/issues?sort=-number&sort=number").json(), client.get("/issues?sort=-number").json()

    assert [issue["number"] for issue in both["items"]] == [issue["number"] for issue in first["items"]]


def test_the_document_itself_takes_no_parameter_and_is_json(client: TestClient) -> None:
    assert client.get("/openapi.json?x=1").status_code == 422
    assert client.get("/openapi.json", headers={"Accept": "text/html"}).status_code == 406


def test_the_instance_is_a_reference_under_the_mount(seed_app: Any) -> None:
    client = TestClient(seed_app, root_path="/open")

    assert client.get("/issues/%00?x=%20").json()["instance"] == "/open/issues/%00?x=%20"
    assert client.get("/一").json()["instance"] == "/open/%E4%B8%80"


def test_no_number_is_suggested_for_another(client: TestClient) -> None:
    assert client.get("/issues/42").json()["errors"][0]["suggestion"] is None

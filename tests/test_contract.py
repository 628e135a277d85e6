"""Every operation of the OpenAPI document keeps the conventions: a new route is covered the moment it exists."""

from typing import Any

import pytest
from asgi import Client
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from operations import DOCUMENT, HEALTH, OPERATIONS, example, media_types, parameters

from app.openapi.examples import shown

LIMITED = [path for path in OPERATIONS if any(p["name"] == "limit" for p in parameters(path))]
COLLECTIONS = [path for path in LIMITED if "application/json" in media_types(path)]
FILES = [path for path in LIMITED if path not in COLLECTIONS]
SUFFIXES = (".csv", ".xlsx", ".ndjson")
ENVELOPE = ["items", "total", "limit", "offset", "next", "previous"]

every_operation = pytest.mark.parametrize("path", OPERATIONS)
every_collection = pytest.mark.parametrize("path", COLLECTIONS)
every_file = pytest.mark.parametrize("path", FILES)


def schema(path: str, status: int, media_type: str) -> Draft202012Validator:
    found = OPERATIONS[path]["responses"][str(status)]["content"][media_type]["schema"]
    return Draft202012Validator({**found, "components": DOCUMENT["components"]})


@every_operation
def test_an_operation_tells_its_reader_what_it_is(path: str) -> None:
    operation = OPERATIONS[path]

    assert operation["summary"]
    assert len(operation["description"]) > 25
    assert operation["operationId"].isidentifier()
    assert all(parameter["description"] for parameter in operation.get("parameters", ()))
    assert {"200", "422", "500"} <= set(operation["responses"])
    assert ("404" in operation["responses"]) == ("{" in path)
    assert ("412" in operation["responses"]) == ("304" in operation["responses"]) == (path not in HEALTH)


@every_operation
def test_every_parameter_has_an_example_that_it_takes(path: str) -> None:
    for parameter in OPERATIONS[path].get("parameters", ()):
        shown_example = parameter["example"] if parameter["required"] else parameter["schema"]["examples"][0]
        validator = Draft202012Validator({**parameter["schema"], "components": DOCUMENT["components"]})
        validator.validate(shown_example)


@every_operation
def test_every_example_is_the_true_answer_and_fits_its_schema(client: TestClient, path: str) -> None:
    response = client.get(example(path, "limit=1" if path in LIMITED else ""))

    media_type = response.headers["content-type"].partition(";")[0]
    content = OPERATIONS[path]["responses"]["200"]["content"][media_type]
    assert response.status_code == 200
    if content["schema"].get("format") == "binary":
        assert "example" not in content
    else:
        assert content["example"] == shown(media_type, response.text)
        schema(path, 200, media_type).validate(content["example"])


@every_operation
def test_a_response_fits_its_schema_and_leaves_no_key_out(client: TestClient, path: str) -> None:
    response = client.get(example(path, "limit=200" if path in LIMITED else ""))

    if response.headers["content-type"] == "application/json":
        schema(path, 200, "application/json").validate(response.json())


def test_every_property_of_a_response_is_required() -> None:
    for name, found in DOCUMENT["components"]["schemas"].items():
        assert sorted(found.get("required", [])) == sorted(found.get("properties", {})), name


@every_operation
def test_one_address_has_one_media_type_whatever_is_accepted(client: TestClient, path: str) -> None:
    plain = client.get(example(path))

    for accept in ("text/html", "text/csv", "image/png", "application/json;q=0", "*/*;q=0", "", "\xff"):
        response = client.get(example(path), headers={b"Accept": accept.encode("latin-1")})
        assert response.status_code == 200, accept
        assert response.headers["content-type"] == plain.headers["content-type"]
        assert response.content == plain.content
        assert "Accept" not in response.headers.get("vary", "").split(", ")
    assert path == "/dataset/{file}" or len(media_types(path)) == 1


@every_operation
def test_head_answers_as_get_does_without_the_body(client: TestClient, path: str) -> None:
    get, head = client.get(example(path)), client.head(example(path))

    assert head.status_code == get.status_code == 200
    assert head.headers == get.headers
    assert head.content == b""


@every_operation
def test_writing_is_refused_with_what_is_allowed(client: TestClient, path: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        response = client.request(method, example(path))
        assert response.status_code == 405, method
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["allow"] == "GET, HEAD, OPTIONS"
        assert response.json()["errors"][0]["allowed"] == ["GET", "HEAD", "OPTIONS"]


@every_collection
def test_a_collection_answers_in_the_one_envelope(client: TestClient, path: str) -> None:
    response = client.get(example(path))

    body = response.json()
    assert list(body) == ENVELOPE
    assert (body["limit"], body["offset"]) == (50, 0)
    assert response.headers["x-total-count"] == str(body["total"])
    assert len(body["items"]) == min(50, body["total"])


@every_collection
@pytest.mark.parametrize("limit", [1, 7, 200])
def test_walking_the_pages_gives_every_record_once_and_in_order(client: TestClient, path: str, limit: int) -> None:
    whole = walk(client, example(path, "limit=200"))

    if limit > 1 or len(whole) < 100:
        assert walk(client, example(path, f"limit={limit}")) == whole
    assert len({item["url"] if "url" in item else item["day"] for item in whole}) == len(whole)


def walk(client: TestClient, url: str | None) -> list[dict[str, Any]]:
    """Return every item from `url` on, following `next` in the body and in `Link`, going back by `previous`."""
    items: list[dict[str, Any]] = []
    last = None
    while url:
        assert url.startswith("/")
        response = client.get(url)
        body = response.json()
        assert response.links.get("next", {}).get("url") == body["next"]
        assert response.links.get("prev", {}).get("url") == body["previous"]
        assert (body["previous"] is None) == (last is None)
        if last:
            assert client.get(body["previous"]).json()["items"] == last
        items += body["items"]
        last, url = body["items"], body["next"]
    assert len(items) == body["total"]
    return items


@every_collection
def test_past_the_end_is_an_empty_page(client: TestClient, path: str) -> None:
    response = client.get(example(path, "offset=999999"))

    assert response.status_code == 200
    body = response.json()
    assert body["items"] == []
    assert body["next"] is None
    assert body["total"] > 0


@every_collection
def test_every_record_is_found_again_at_its_address(client: TestClient, path: str) -> None:
    if f"{path}/{{id}}" not in OPERATIONS and f"{path}/{{number}}" not in OPERATIONS:
        return
    for item in client.get(path, params={"limit": 20}).json()["items"]:
        key = item.get("id", item.get("number"))
        assert item["url"].partition("?")[0] == f"{path}/{key}"
        if "notice" in item:
            assert list(item)[:3] == ["notice", "uid", "url"]
            assert item["uid"] == f"{item['notice']}{path}/{key}"
            assert item["url"] == f"{path}/{key}?notice={item['notice']}"
        found = client.get(item["url"]).json()
        assert {name: found[name] for name in item} == item


def test_every_collection_of_records_has_its_files() -> None:
    assert {path.rpartition(".")[0] for path in FILES} == set(COLLECTIONS) - {"/changes"}
    for path in set(COLLECTIONS) - {"/changes"}:
        assert all(path + suffix in FILES for suffix in SUFFIXES)


@every_file
def test_a_file_takes_what_its_list_takes_and_what_such_files_take(path: str) -> None:
    of_list, _, suffix = path.rpartition(".")
    names = {parameter["name"] for parameter in parameters(of_list)}

    more = {"csv": {"bom", "lang"}, "xlsx": {"lang"}, "ndjson": set()}[suffix]
    assert {parameter["name"] for parameter in parameters(path)} == names | more


@every_file
def test_a_file_has_every_row_unless_a_limit_is_given(client: TestClient, path: str) -> None:
    total = client.get(example(path.rpartition(".")[0], "limit=1")).json()["total"]

    response = client.get(example(path))

    assert response.headers["x-total-count"] == str(total)
    assert "attachment" in response.headers["content-disposition"]
    if path.endswith(".ndjson"):
        assert len(response.text.splitlines()) == total
        assert len(client.get(example(path, "limit=2")).text.splitlines()) == min(2, total)
        assert client.get(example(path, "offset=999999")).text == ""


@every_operation
def test_a_mounted_service_links_to_itself_there(client: TestClient, path: str) -> None:
    if "application/json" not in media_types(path):
        return
    mounted = Client(client.app, root_path="/open")

    plain, under = client.get(example(path)).text, mounted.get(example(path)).text

    assert under.replace("/open/", "/") == plain


def test_a_page_of_a_mounted_service_links_to_the_next_there(client: TestClient) -> None:
    mounted = Client(client.app, root_path="/open")

    response = mounted.get("/issues?limit=2&category=1")

    assert response.json()["next"] == response.links["next"]["url"] == "/open/issues?limit=2&category=1&offset=2"
    facets = mounted.get("/issues/facets").json()["facets"]
    assert facets["category"][0]["url"] == "/open/issues?category=1"

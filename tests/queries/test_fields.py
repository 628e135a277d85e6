"""Fields: lists and single records give just the fields that are asked for, in that order, beside the names."""

from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from app.main import app

ALWAYS = ["notice", "uid", "url"]
DOCUMENT = app.openapi()
PATHS = DOCUMENT["paths"]


def parameters(path: str, place: str) -> list[dict[str, Any]]:
    """The parameters that an address has in its path, or in its query."""
    return [p for p in PATHS[path]["get"].get("parameters", ()) if p["in"] == place]


def allowed(path: str) -> list[str]:
    """The fields that the document lists for an address."""
    (fields,) = (p["schema"]["items"] for p in parameters(path, "query") if p["name"] == "fields")
    names: list[str] = DOCUMENT["components"]["schemas"][fields["$ref"].rpartition("/")[2]]["enum"]
    return names


def takes_fields(path: str) -> bool:
    return any(p["name"] == "fields" for p in parameters(path, "query"))


# Files take them as columns; see tests/exports/test_files.py.
FILES = (".csv", ".xlsx", ".ndjson")
JSON = [path for path in PATHS if takes_fields(path) and not path.endswith(FILES)]
every_address = pytest.mark.parametrize("path", JSON)


def address(path: str) -> str:
    """An address at which there is something, where a query can be added."""
    needed = {p["name"]: p["example"] for p in parameters(path, "query") if p["required"]}
    return f"{path.format(**{p['name']: p['example'] for p in parameters(path, 'path')})}?{urlencode(needed)}"


def records(client: TestClient, path: str, query: str = "") -> list[dict[str, Any]]:
    """The items of a list, or the one record."""
    answer = client.get(f"{address(path)}&{query}")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    found: list[dict[str, Any]] = body.get("items", [body])
    assert found
    return found


def test_every_list_and_every_record_takes_fields() -> None:
    # What changed is told of releases, which are no records of a notice.
    lists = {path for path in PATHS if any(p["name"] == "limit" for p in parameters(path, "query"))} - {"/changes"}
    single = {path for path in PATHS if path.endswith("}")} - {"/dataset/{file}"}

    assert {path for path in lists | single | {"/notice"} if not takes_fields(path)} == set()


@every_address
def test_the_fields_that_are_listed_are_those_of_the_whole_record(client: TestClient, path: str) -> None:
    for record in records(client, path):
        assert list(record) == allowed(path)


@every_address
def test_each_field_alone_comes_with_the_names(client: TestClient, path: str) -> None:
    whole = records(client, path)
    always = [name for name in ALWAYS if name in whole[0]]

    for name in allowed(path):
        kept = dict.fromkeys([*always, name])
        found = records(client, path, f"fields={name}")
        assert found == [{field: record[field] for field in kept} for record in whole]
        assert list(found[0]) == list(kept)


@every_address
def test_fields_keep_the_order_in_which_they_are_given_however_that_is(client: TestClient, path: str) -> None:
    names = allowed(path)
    always = [name for name in ALWAYS if name in names]
    others = [name for name in reversed(names) if name not in always]
    half = len(others) // 2
    commas, repeated = f"fields={','.join(others)}", "&".join(f"fields={name}" for name in others)
    mixed = f"fields={','.join(others[:half])}&" + "&".join(f"fields={name}" for name in others[half:])

    whole = records(client, path)
    for query in (commas, repeated, mixed, f"{commas}&{commas}", f"{repeated}&fields=url"):
        found = records(client, path, query)
        assert list(found[0]) == [*always, *others]
        assert found == whole


@every_address
@pytest.mark.parametrize("given", ["nonsense", "{first},nonsense", "{first}&fields=nonsense", "{first};{first}", "*"])
def test_an_unknown_field_is_refused_with_those_there_are(client: TestClient, path: str, given: str) -> None:
    answer = client.get(f"{address(path)}&fields={given.format(first=allowed(path)[0])}")

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["name"], error["allowed"]) == ("fields", allowed(path))


@every_address
@pytest.mark.parametrize("given", ["", ",", "{first},"])
def test_an_empty_name_is_refused(client: TestClient, path: str, given: str) -> None:
    answer = client.get(f"{address(path)}&fields={given.format(first=allowed(path)[0])}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["name"] == "fields"


def test_the_nearest_field_is_suggested_for_the_one_that_is_unknown(client: TestClient) -> None:
    (error,) = client.get("/issues?fields=number,titel").json()["errors"]

    assert (error["suggestion"], "'titel'" in error["message"]) == ("title", True)


def test_fields_change_neither_the_total_nor_the_links(client: TestClient) -> None:
    whole, narrow = client.get("/measures?limit=2"), client.get("/measures?limit=2&fields=id,kind")

    assert narrow.headers["x-total-count"] == whole.headers["x-total-count"]
    assert narrow.json()["next"] == "/measures?limit=2&fields=id%2Ckind&offset=2"
    assert list(client.get(narrow.json()["next"]).json()["items"][0]) == [*ALWAYS, "id", "kind"]
    assert len(narrow.content) < len(whole.content) / 2

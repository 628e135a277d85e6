"""Filters: each narrows its collection to just the records that have the value, and they combine."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

FILTERS = [
    ("issues", "category", "category_number"),
    ("issues", "topic", "topics"),
    ("statements", "issue", "issue_number"),
    ("statements", "category", "category_number"),
    ("statements", "role", "role"),
    ("measures", "issue", "issue_number"),
    ("measures", "category", "category_number"),
    ("measures", "kind", "kind"),
    ("metrics", "issue", "issue_number"),
    ("metrics", "category", "category_number"),
    ("metrics", "section", "section_id"),
    ("metrics", "unit", "unit_code"),
    ("metrics", "nature", "nature"),
    ("metrics", "qualifier", "qualifier"),
    ("metrics", "counted", "counted_code"),
    ("metrics", "scope", "scope"),
    ("numerals", "class", "class"),
]


def everything(client: TestClient, path: str) -> list[dict[str, Any]]:
    page = client.get(path, params={"limit": 200}).json()
    items: list[dict[str, Any]] = page["items"]
    while page["next"]:
        page = client.get(page["next"]).json()
        items += page["items"]
    return items


def values(record: dict[str, Any], field: str) -> list[Any]:
    return record[field] if isinstance(record[field], list) else [record[field]]


@pytest.mark.parametrize(("name", "parameter", "field"), FILTERS, ids=[f"{n}?{p}" for n, p, _ in FILTERS])
def test_a_filter_finds_just_the_records_with_the_value(
    client: TestClient, name: str, parameter: str, field: str
) -> None:
    whole = everything(client, f"/{name}")
    present = {value for record in whole for value in values(record, field) if value is not None}

    assert present
    for value in present:
        found = everything_with(client, name, {parameter: value})
        assert found == [record for record in whole if value in values(record, field)]


def everything_with(client: TestClient, name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    page = client.get(f"/{name}", params={"limit": 200, **parameters}).json()
    items: list[dict[str, Any]] = page["items"]
    while page["next"]:
        page = client.get(page["next"]).json()
        items += page["items"]
    return items


def test_filters_are_all_met_together(client: TestClient) -> None:
    found = everything_with(client, "metrics", {"category": 3, "unit": "person", "nature": "level"})

    assert {(m["category_number"], m["unit_code"], m["nature"]) for m in found} == {(3, "person", "level")}
    assert len(found) == 6


def test_a_value_that_no_record_has_but_the_vocabulary_does_is_an_empty_page(client: TestClient) -> None:
    body = client.get("/metrics?qualifier=less_than").json()

    assert (body["items"], body["total"]) == ([], 0)


@pytest.mark.parametrize(
    "query", ["measures?issue=42", "metrics?category=5", "metrics?section=s9", "issues?category=0"]
)
def test_a_thing_that_the_notice_does_not_have_is_refused_not_answered_with_nothing(
    client: TestClient, query: str
) -> None:
    answer = client.get(f"/{query}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["allowed"]


def test_a_near_code_is_suggested(client: TestClient) -> None:
    assert client.get("/measures?kind=meetings").json()["errors"][0]["suggestion"] == "meeting"

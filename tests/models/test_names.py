"""Names: every record of every notice has a `uid` that nothing else has, and links to records give it."""

from collections import Counter

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import KEYS, Record, everything

UID_KEYS = KEYS | {"search": "section_id"}
QUERIES = {"search": {"q": "整改"}}


@pytest.fixture(scope="module")
def both(both_app: FastAPI) -> TestClient:
    return Client(both_app)


def records(client: TestClient, name: str) -> list[Record]:
    return everything(client, f"/{name}", {"notice": "all", **QUERIES.get(name, {})})


def test_every_name_is_unique_over_all_collections_of_all_notices(both: TestClient) -> None:
    notices = everything(both, "/notices")
    named = [*notices, *(record for name in UID_KEYS for record in records(both, name))]
    for notice in notices:
        named += [both.get(f"/{path}?notice={notice['notice']}").json() for path in ("contact", "reconciliation")]

    assert [uid for uid, times in Counter(record["uid"] for record in named).items() if times > 1] == []
    assert len(named) > 1500


@pytest.mark.parametrize("name", UID_KEYS)
def test_a_name_is_made_of_the_notice_the_collection_and_the_key(both: TestClient, name: str) -> None:
    for record in records(both, name):
        assert record["uid"] == f"{record['notice']}/{name}/{record[UID_KEYS[name]]}"


def test_what_is_nested_has_the_name_that_it_has_by_itself(both: TestClient) -> None:
    own = {record["uid"]: record for name in ("measures", "metrics") for record in records(both, name)}

    nested = [
        record
        for issue in records(both, "issues")
        for name in ("measures", "metrics")
        for record in both.get(issue["url"]).json()[name]
    ]
    assert nested
    assert [record for record in nested if own[record["uid"]] != record] == []


def test_the_links_of_hits_and_places_give_the_name_of_the_record(both: TestClient) -> None:
    queries = [{"q": words, "notice": "all"} for words in ("消防", "fire", "培训")]
    hits = [hit for query in queries for hit in everything(both, "/search", query)]
    places = both.get("/locate", params={"text": "113起"}).json()["places"]
    links = {(link["uid"], link["url"]) for found in (*hits, *places) for link in found["records"]}

    assert {uid.split("/")[1] for uid, _ in links} == {"sections", "issues", "measures", "metrics"}
    for uid, url in links:
        assert both.get(url).json()["uid"] == uid

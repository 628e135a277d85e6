"""More than one notice: nothing but the default assumes that there is only one, and shapes may differ."""

from pathlib import Path
from typing import Any

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.database.catalog import UnknownDefault
from app.main import create_app
from app.settings import Settings

SECOND = "linjiang-2025"
LISTS = ["sections", "categories", "issues", "statements", "measures", "metrics", "numerals"]


@pytest.fixture
def both(both_app: FastAPI) -> TestClient:
    return Client(both_app)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_one_notice_and_keeps_it_in_its_links(both: TestClient, name: str) -> None:
    default, second = both.get(f"/{name}").json(), both.get(f"/{name}?limit=1&notice={SECOND}").json()

    assert {item["notice"] for item in default["items"]} == {"shanghai-putuo-2024"}
    assert {item["notice"] for item in second["items"]} == {SECOND}
    assert f"notice={SECOND}" in second["next"]


@pytest.mark.parametrize("name", LISTS)
def test_an_address_of_a_record_leads_to_its_own_notice(both: TestClient, name: str) -> None:
    for item in both.get(f"/{name}?notice={SECOND}").json()["items"]:
        found = both.get(item["url"]).json()
        assert {key: found[key] for key in item} == item


@pytest.mark.parametrize("path", ["/notice", "/contact", "/reconciliation"])
def test_a_single_object_is_that_of_the_notice_asked_for(both: TestClient, path: str) -> None:
    body = both.get(path, params={"notice": SECOND}).json()

    assert body["notice"] == SECOND
    assert both.get(body["url"]).json() == body


def test_the_source_is_that_of_the_notice_asked_for(both: TestClient, both_notices: Path) -> None:
    answer = both.get("/source.txt", params={"notice": SECOND})

    assert answer.content == (both_notices / SECOND / "notice.txt").read_bytes()


def test_places_index_the_source_of_the_same_notice(both: TestClient) -> None:
    text = both.get("/source.txt", params={"notice": SECOND}).text

    for metric in both.get(f"/metrics?notice={SECOND}").json()["items"]:
        assert text[metric["start"] : metric["end"]] == metric["quote"]
        assert text[metric["value_start"] : metric["value_end"]] == metric["value_text"]
        if metric["unit"]:
            assert text[metric["unit_start"] : metric["unit_end"]] == metric["unit"]


def test_an_unknown_notice_is_refused_with_those_there_are(both: TestClient) -> None:
    answer = both.get("/issues?notice=linjiang-2024")

    assert answer.status_code == 422
    error: dict[str, Any] = answer.json()["errors"][0]
    assert error["allowed"] == ["shanghai-putuo-2024", SECOND, "all"]
    assert error["suggestion"] == SECOND


def test_what_exists_is_told_for_the_notice_asked_for(both: TestClient) -> None:
    known = both.get("/issues/41?notice=" + SECOND).json()["errors"][0]["allowed"]
    filters = both.get("/measures?issue=41&notice=" + SECOND).json()["errors"][0]["allowed"]

    assert known == filters == [str(i["number"]) for i in both.get(f"/issues?notice={SECOND}").json()["items"]]


def test_the_default_can_be_set(both_notices: Path, tmp_path: Path) -> None:
    client = Client(create_app(Settings(seed=both_notices, database=tmp_path / "var", default=SECOND)))

    assert client.get("/notice").json()["notice"] == SECOND


def test_a_default_that_does_not_exist_stops_the_start(tmp_path: Path) -> None:
    client = Client(create_app(Settings(database=tmp_path, default="nowhere")))

    with pytest.raises(UnknownDefault, match="NOTICE_DEFAULT: 'nowhere' is no notice"), client:
        pass


def test_the_document_is_true_for_both(both: TestClient) -> None:
    document = both.get("/openapi.json").json()

    assert {"item", "household"} <= set(document["components"]["schemas"]["UnitCode"]["enum"])

"""Indicators: headline figures side by side, as printed, a 0 a 0 and a rate a rate."""

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import everything

SECOND = "linjiang-2025"


@pytest.fixture
def both(both_app: FastAPI) -> TestClient:
    return Client(both_app)


def test_every_indicator_is_there_with_what_the_notice_prints(client: TestClient) -> None:
    items = everything(client, "/indicators")
    totals = client.get("/notice").json()["totals"]

    assert {item["code"] for item in items if item["values"]} == set(totals)
    for item in items:
        for value in item["values"]:
            assert value["value"] == totals[item["code"]]["value"]
            metric = client.get(value["url"]).json()
            assert {name: metric[name] for name in ("quote", "start", "end", "unit")} == {
                name: value[name] for name in ("quote", "start", "end", "unit")
            }


def test_an_indicator_has_a_row_for_each_notice_that_prints_it(both: TestClient) -> None:
    for item in everything(both, "/indicators", {"notice": "all"}):
        printed = [n["notice"] for n in both.get("/notices").json()["items"] if item["code"] in n["totals"]]
        assert [value["notice"] for value in item["values"]] == printed
        assert both.get(f"{item['url']}?notice=all").json() == item


def test_made_and_revised_in_one_number_is_its_own_indicator(both: TestClient) -> None:
    both_in_one = both.get("/indicators/rules_new_and_revised?notice=all").json()["values"]

    assert [(v["notice"], v["value"]) for v in both_in_one] == [(SECOND, 25)]
    assert [v["notice"] for v in both.get("/indicators/rules_new?notice=all").json()["values"]] == [
        "shanghai-putuo-2024"
    ]


def test_a_printed_zero_is_a_figure(both: TestClient) -> None:
    zeros = [m for m in everything(both, "/metrics", {"notice": SECOND}) if m["value"] == 0]

    assert zeros
    assert all(m["normalized_value"] == m["lower"] == m["upper"] == 0 for m in zeros)


def test_a_printed_rate_is_a_figure(both: TestClient) -> None:
    rates = everything(both, "/metrics", {"notice": SECOND, "unit": "percent"})

    assert 92.3 in [m["value"] for m in rates]


def test_an_unknown_indicator_is_not_found(client: TestClient) -> None:
    answer = client.get("/indicators/rules")

    assert answer.status_code == 404
    assert "rules_new" in answer.json()["errors"][0]["allowed"]


@pytest.mark.parametrize("name", ["issues", "measures", "metrics", "sections", "statements", "numerals", "categories"])
def test_a_list_of_all_notices_is_that_of_each_in_turn(both: TestClient, name: str) -> None:
    each = [everything(both, f"/{name}", {"notice": slug}) for slug in ("shanghai-putuo-2024", SECOND)]

    assert everything(both, f"/{name}", {"notice": "all"}) == each[0] + each[1]


def test_search_and_facets_look_at_all_notices(both: TestClient) -> None:
    hits = everything(both, "/search", {"q": "整改", "notice": "all"})

    assert {hit["notice"] for hit in hits} == {"shanghai-putuo-2024", SECOND}
    assert (
        both.get("/issues/facets?notice=all").json()["total"]
        == 41 + both.get(f"/issues/facets?notice={SECOND}").json()["total"]
    )


def test_a_single_record_is_of_one_notice_only(both: TestClient) -> None:
    assert both.get("/issues/1?notice=all").status_code == 422
    assert both.get("/notice?notice=all").status_code == 422

"""Facets: every count is that of the list it points to."""

from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

QUERIES: list[tuple[str, dict[str, Any]]] = [
    ("issues", {}),
    ("issues", {"topic": "housing"}),
    ("issues", {"topic": ["land", "industry"], "category": 1, "has_metrics": "true"}),
    ("issues", {"q": "专题会议"}),
    ("measures", {}),
    ("measures", {"kind": "accountability"}),
    ("measures", {"issue": [25, 41], "modality": "reported"}),
    ("metrics", {}),
    ("metrics", {"unit": "person", "value_min": 5}),
    ("metrics", {"year": 2023, "nature": ["level", "share"]}),
]
cases = pytest.mark.parametrize(("name", "query"), QUERIES, ids=[f"{n}?{urlencode(q, True)}" for n, q in QUERIES])


@cases
def test_every_count_is_the_total_of_its_list(client: TestClient, name: str, query: dict[str, Any]) -> None:
    body = client.get(f"/{name}/facets", params=query).json()

    assert body["total"] == client.get(f"/{name}", params=query).json()["total"]
    for facet in body["facets"].values():
        for value in facet:
            answer = client.get(value["url"])
            assert answer.status_code == 200, value
            assert answer.json()["total"] == value["count"] > 0


@cases
def test_a_facet_ignores_its_own_parameter(client: TestClient, name: str, query: dict[str, Any]) -> None:
    body = client.get(f"/{name}/facets", params=query).json()

    for parameter, facet in body["facets"].items():
        if parameter == "unit" and "value_min" in query:
            continue  # a range can't be asked for without its unit
        others = {key: value for key, value in query.items() if key != parameter}
        alone = client.get(f"/{name}/facets", params=others).json()["facets"][parameter]
        assert [(v["value"], v["count"]) for v in facet] == [(v["value"], v["count"]) for v in alone]


def test_values_come_with_labels_the_most_frequent_first(client: TestClient) -> None:
    facets = client.get("/issues/facets").json()["facets"]

    assert list(facets) == ["category", "topic", "kind"]
    assert [value["count"] for value in facets["category"]] == [17, 13, 9, 2]
    assert facets["category"][0]["label"] == "“贯彻落实党的路线方针政策和党中央重大决策部署”方面"
    assert {"value": "land", "label": "土地", "label_en": "land", "count": 3, "url": "/issues?topic=land"} in facets[
        "topic"
    ]


def test_facets_take_what_the_list_takes_but_for_paging(client: TestClient) -> None:
    assert client.get("/metrics/facets?limit=1").status_code == 422
    assert client.get("/metrics/facets?unit=nonsense").status_code == 422

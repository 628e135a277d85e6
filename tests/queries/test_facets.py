"""Facets: every count is that of the list it points to."""

from collections import Counter
from itertools import combinations, islice
from typing import Any
from urllib.parse import urlencode

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import everything

from app.main import app
from app.models.document import Document
from app.models.issue import Issue
from app.models.metric import Metric
from app.models.organization import Organization
from app.models.statement import Measure
from app.queries import documents, issues, measures, metrics, organizations

COLLECTIONS = ["issues", "measures", "metrics", "documents", "organizations"]
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
    ("issues", {"number": [3, 14, 41], "topic": "housing"}),
    ("measures", {"q": "training", "has_actor": "true"}),
    ("documents", {}),
    ("documents", {"act": ["made", "revised"], "issue": 8}),
    ("organizations", {}),
    ("organizations", {"named": "true", "part": "actor"}),
]
cases = pytest.mark.parametrize(("name", "query"), QUERIES, ids=[f"{n}?{urlencode(q, True)}" for n, q in QUERIES])


@cases
def test_every_value_given_back_as_a_filter_leaves_as_many_records(
    client: TestClient, name: str, query: dict[str, Any]
) -> None:
    body = client.get(f"/{name}/facets", params=query).json()

    assert body["total"] == client.get(f"/{name}", params=query).json()["total"]
    for parameter, facet in body["facets"].items():
        for value in facet:
            items = everything(client, f"/{name}", {**query, parameter: value["value"]})
            assert len(items) == value["count"] > 0, value
            assert [item["uid"] for item in items[:50]] == [i["uid"] for i in client.get(value["url"]).json()["items"]]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_values_have_the_type_of_their_parameter(client: TestClient, name: str) -> None:
    facets = client.get(f"/{name}/facets").json()["facets"]
    numbers = {"category", "issue"}

    for parameter, facet in facets.items():
        # This notice prints no status, so that there is no value to count.
        assert bool(facet) == (parameter != "status"), parameter
        assert not facet or {type(value["value"]) for value in facet} == {int if parameter in numbers else str}


@pytest.mark.parametrize("name", COLLECTIONS)
def test_the_document_types_every_facet_as_its_parameter(name: str) -> None:
    document = app.openapi()
    parameters = {p["name"]: p["schema"] for p in document["paths"][f"/{name}"]["get"]["parameters"]}

    def component(schema: Any) -> Any:
        return document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]

    counts = component(component(get_schema(document, f"/{name}/facets"))["properties"]["facets"])
    assert sorted(counts["required"]) == sorted(counts["properties"])
    for parameter, facet in counts["properties"].items():
        value, item = component(facet["items"])["properties"]["value"], parameters[parameter]["items"]
        assert kind(value) == kind(item), parameter


def get_schema(document: Any, path: str) -> Any:
    return document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def kind(schema: Any) -> Any:
    """What a schema refers to, else its type."""
    return schema.get("$ref") or schema["type"]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_facets_of_all_notices_count_the_lists_of_all(both_app: FastAPI, name: str) -> None:
    client = Client(both_app)

    for parameter, facet in client.get(f"/{name}/facets?notice=all").json()["facets"].items():
        for value in facet:
            page = client.get(f"/{name}", params={"notice": "all", parameter: value["value"], "limit": 1}).json()
            assert page["total"] == value["count"] > 0, value


@pytest.mark.parametrize("name", COLLECTIONS)
def test_counts_over_all_notices_are_those_of_each_notice_together(both_app: FastAPI, name: str) -> None:
    client = Client(both_app)
    notices = [notice["notice"] for notice in client.get("/notices").json()["items"]]
    facets = client.get(f"/{name}/facets?notice=all").json()["facets"]
    values = [(parameter, value["value"]) for parameter, facet in facets.items() for value in facet]
    queries: list[dict[str, Any]] = [{}, *({parameter: value} for parameter, value in values)]
    # Two values of one parameter, and two parameters, are counted in other ways.
    for (parameter, value), (other, another) in islice(combinations(values, 2), 0, None, len(values)):
        queries.append({parameter: [value, another]} if parameter == other else {parameter: value, other: another})
    known = [query for query in queries if all(knows(client, name, query, notice) for notice in notices)]
    assert len(known) > len(queries) / 10
    for query in known:
        each = [counted(client, name, {**query, "notice": notice}) for notice in notices]
        assert counted(client, name, {**query, "notice": "all"}) == sum(each, Counter()), query


def test_every_field_of_a_facet_is_counted_beforehand() -> None:
    facets = (
        (Issue, issues.FACETS), (Measure, measures.FACETS), (Metric, metrics.FACETS),
        (Document, documents.FACETS), (Organization, organizations.FACETS),
    )  # fmt: skip
    for model, columns in facets:
        fields = {column if isinstance(column, str) else column.key for column in columns.values()}
        assert fields <= set(model.counted_by), model


def knows(client: Client, name: str, query: dict[str, Any], notice: str) -> bool:
    """Return whether a notice has what a query names: its issues, say."""
    return client.get(f"/{name}", params={**query, "notice": notice, "limit": 1}).status_code == 200


def counted(client: Client, name: str, query: dict[str, Any]) -> Counter[Any]:
    """Return the total of a list, and the counts of its facets."""
    body = client.get(f"/{name}/facets", params=query).json()
    assert client.get(f"/{name}", params={**query, "limit": 1}).json()["total"] == body["total"]
    facets = {(facet, v["value"]): v["count"] for facet, counts in body["facets"].items() for v in counts}
    return Counter({("total", None): body["total"]} | facets)


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

    assert list(facets) == ["category", "status", "topic", "kind"]
    assert [value["count"] for value in facets["category"]] == [17, 13, 9, 2]
    assert facets["category"][0]["label"] == "“贯彻落实党的路线方针政策和党中央重大决策部署”方面"
    assert {"value": "land", "label": "土地", "label_en": "land", "count": 3, "url": "/issues?topic=land"} in facets[
        "topic"
    ]


def test_facets_take_what_the_list_takes_but_for_paging(client: TestClient) -> None:
    assert client.get("/metrics/facets?limit=1").status_code == 422
    assert client.get("/metrics/facets?unit=nonsense").status_code == 422

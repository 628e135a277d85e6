"""Filters and order: a list holds just the records that meet the query, in the order asked for, however it is paged."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paging import KEYS, Record, everything, values

from app.main import app

FILTERS = [
    ("issues", "category", "category_number"),
    ("issues", "topic", "topics"),
    ("issues", "kind", "kinds"),
    ("statements", "section", "section_id"),
    ("statements", "issue", "issue_number"),
    ("statements", "category", "category_number"),
    ("statements", "role", "role"),
    ("sections", "role", "role"),
    ("sections", "parent", "parent_id"),
    ("measures", "issue", "issue_number"),
    ("measures", "category", "category_number"),
    ("measures", "kind", "kind"),
    ("measures", "modality", "modality"),
    ("measures", "actor", "actor"),
    ("measures", "directive", "directive_code"),
    ("measures", "sanction", "sanction"),
    ("metrics", "issue", "issue_number"),
    ("metrics", "category", "category_number"),
    ("metrics", "section", "section_id"),
    ("metrics", "unit", "unit_code"),
    ("metrics", "nature", "nature"),
    ("metrics", "qualifier", "qualifier"),
    ("metrics", "direction", "direction"),
    ("metrics", "comparison", "comparison"),
    ("metrics", "period_kind", "period_kind"),
    ("metrics", "counted", "counted_code"),
    ("metrics", "scope", "scope"),
    ("metrics", "indicator", "indicator"),
    ("documents", "type", "type"),
    ("documents", "act", "act"),
    ("organizations", "type", "type"),
    ("organizations", "part", "parts"),
    ("numerals", "class", "class"),
    ("numerals", "section", "section_id"),
]
FILTERS += [(name, KEYS[name], KEYS[name]) for name in KEYS]
# Tested by themselves, since no field of the record holds the value.
PLACED = {"document": "documents", "organization": "organizations"}
APART = {
    ("measures", "topic"),
    ("metrics", "year"),
    ("issues", "status"),
    *(("measures", parameter) for parameter in PLACED),
    *((name, parameter) for name in PLACED.values() for parameter in ("issue", "statement")),
}
NO_FILTERS = {"sort", "fields"}
QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(("name", "parameter", "field"), FILTERS, ids=[f"{n}?{p}" for n, p, _ in FILTERS])
def test_a_filter_finds_just_the_records_with_the_value(
    client: TestClient, name: str, parameter: str, field: str
) -> None:
    whole = everything(client, f"/{name}")
    present = {value for record in whole for value in values(record, field) if value is not None}

    assert present
    for value in present:
        assert everything(client, f"/{name}", {parameter: value}) == [r for r in whole if value in values(r, field)]


def test_every_closed_filter_is_tested() -> None:
    paths = app.openapi()["paths"]
    taken = {
        (name, parameter["name"])
        for name in KEYS
        for parameter in paths[f"/{name}"]["get"]["parameters"]
        if parameter["schema"].get("type") == "array" and parameter["name"] not in NO_FILTERS
    }

    assert taken == {(name, parameter) for name, parameter, _ in FILTERS} | APART


def test_a_printed_status_is_a_filter(shapes_app: FastAPI) -> None:
    client = Client(shapes_app)
    whole = everything(client, "/issues", {"notice": "all"})
    present = {issue["status"] for issue in whole if issue["status"]}

    assert present
    for status in present:
        found = everything(client, "/issues", {"notice": "all", "status": status})
        assert found == [issue for issue in whole if issue["status"] == status]


def test_several_values_are_alternatives_and_parameters_are_all_met(client: TestClient) -> None:
    found = everything(client, "/metrics", {"category": [1, 3], "unit": ["person", "piece"], "nature": "level"})

    assert {m["category_number"] for m in found} == {1, 3}
    assert {m["unit_code"] for m in found} == {"person", "piece"}
    assert {m["nature"] for m in found} == {"level"}


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


def test_each_wrong_value_among_several_is_named(client: TestClient) -> None:
    errors = client.get("/measures?kind=meeting&kind=meetings&kind=x").json()["errors"]

    assert [(error["name"], error["suggestion"]) for error in errors] == [("kind", "meeting"), ("kind", None)]


@pytest.mark.parametrize("name", KEYS)
def test_a_list_by_keys_holds_just_these_once_and_in_its_own_order(client: TestClient, name: str) -> None:
    key, whole = KEYS[name], everything(client, f"/{name}")
    wanted = whole[::2]
    keys = [record[key] for record in reversed(wanted)]

    for chosen, expected in ((keys[-3:], wanted[:3]), (keys[:100], wanted[-100:]), ([keys[0]] * 3, wanted[-1:])):
        page = client.get(f"/{name}", params={key: chosen, "limit": 200}).json()
        assert page["items"] == expected
        assert page["total"] == len(expected)
    assert client.get("/issues?number=3&number=14").json()["items"] == [
        issue for issue in everything(client, "/issues") if issue["number"] in (3, 14)
    ]


@pytest.mark.parametrize("name", KEYS)
def test_a_key_that_there_is_not_is_refused_with_those_there_are(client: TestClient, name: str) -> None:
    key, whole = KEYS[name], everything(client, f"/{name}")

    answer = client.get(f"/{name}", params={key: [whole[0][key], "nonsense"]})

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["name"], error["allowed"]) == (key, [str(record[key]) for record in whole])


PRESENCE: dict[str, Callable[[Record], bool]] = {
    "issues?has_metrics": lambda r: r["metric_count"] > 0,
    "measures?has_actor": lambda r: r["actor"] is not None,
    "measures?directed": lambda r: r["directive"] is not None,
    "documents?has_issuer": lambda r: r["issuer"] is not None,
    "organizations?named": lambda r: r["named"],
    "metrics?has_note": lambda r: r["note"] is not None,
}


@pytest.mark.parametrize("query", PRESENCE)
def test_presence_and_absence_share_out_the_list(client: TestClient, query: str) -> None:
    name, _, parameter = query.partition("?")
    whole, has = everything(client, f"/{name}"), PRESENCE[query]

    assert everything(client, f"/{name}", {parameter: "true"}) == [r for r in whole if has(r)]
    assert everything(client, f"/{name}", {parameter: "false"}) == [r for r in whole if not has(r)]


def test_measures_with_figures_are_those_that_metrics_name(client: TestClient) -> None:
    measures = {m["id"] for m in everything(client, "/measures")}
    named = {m["statement_id"] for m in everything(client, "/metrics")} & measures

    assert named
    assert {m["id"] for m in everything(client, "/measures", {"has_metrics": "true"})} == named
    assert not {m["id"] for m in everything(client, "/measures", {"has_metrics": "false"})} & named


@pytest.mark.parametrize("name", PLACED.values())
def test_what_stands_in_an_issue_or_a_clause_has_a_place_there(client: TestClient, name: str) -> None:
    whole = everything(client, f"/{name}")

    for parameter, field in (("issue", "issue_number"), ("statement", "statement_id")):
        standing = [{place[field] for place in record["places"]} for record in whole]
        present = set().union(*standing) - {None}
        assert present
        for value in present:
            found = everything(client, f"/{name}", {parameter: value})
            assert found == [record for record, places in zip(whole, standing, strict=True) if value in places]


@pytest.mark.parametrize("parameter", PLACED)
def test_measures_that_name_something_are_those_of_its_places(client: TestClient, parameter: str) -> None:
    measures = everything(client, "/measures")
    for record in everything(client, f"/{PLACED[parameter]}"):
        clauses = {place["statement_id"] for place in record["places"]}
        found = everything(client, "/measures", {parameter: record["id"]})
        assert found == [measure for measure in measures if measure["id"] in clauses], record["id"]


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@pytest.mark.parametrize("name", PLACED.values())
def test_words_find_the_names_that_hold_them(client: TestClient, name: str) -> None:
    whole = everything(client, f"/{name}")
    names = [fold(record["name"]) for record in whole]
    translated = [fold(record["name_en"]) for record in whole]
    queries = {text[place : place + 2] for text in names for place in range(len(text) - 1) if text[place] != " "}
    queries |= set(re.findall("[a-z]+", " ".join(translated)))

    for query in sorted(query for query in queries if " " not in query):
        begins = re.compile("(?<![^\\W_])" + re.escape(query))
        wanted = [
            query in chinese or begins.search(english) is not None
            for chinese, english in zip(names, translated, strict=True)
        ]
        found = everything(client, f"/{name}", {"q": query})
        assert found == [record for record, holds in zip(whole, wanted, strict=True) if holds], query


def test_measures_by_topic_are_those_of_its_issues(client: TestClient) -> None:
    issues = {issue["number"] for issue in everything(client, "/issues", {"topic": ["land", "audit"]})}

    assert {m["issue_number"] for m in everything(client, "/measures", {"topic": ["land", "audit"]})} == issues


@pytest.mark.parametrize(("low", "high"), [(2, 20), (40, 40), (41, None), (None, 5), (-3, 0)])
def test_a_range_takes_the_printed_number_within_one_unit(
    client: TestClient, low: float | None, high: float | None
) -> None:
    query = {name: value for name, value in (("value_min", low), ("value_max", high)) if value is not None}
    for unit in ("item", "person", "percent", "square_metre"):
        whole = everything(client, "/metrics", {"unit": unit})
        fit = [m for m in whole if (low is None or m["normalized_value"] >= low)]
        fit = [m for m in fit if high is None or m["normalized_value"] <= high]
        assert everything(client, "/metrics", {"unit": unit, **query}) == fit


@pytest.mark.parametrize(
    "query",
    [
        "value_min=5",
        "value_max=5&unit=item&unit=person",
        "value_min=6&value_max=5&unit=item",
        "period_from=2024-01-01&period_to=2023-01-01",
    ],
)
def test_a_range_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    for path in ("/metrics", "/metrics/facets"):
        assert client.get(f"{path}?{query}").status_code == 422


def touches(metric: Record, first: date, last: date) -> bool:
    start, end = metric["period_start"], metric["period_end"]
    if start is None and end is None:
        return False
    starts = date.fromisoformat(start or end)
    ends = date.fromisoformat(end) if end else date.max
    return starts <= last and ends >= first


@pytest.mark.parametrize("year", [2019, 2022, 2023, 2024])
def test_a_year_finds_the_figures_whose_stated_dates_touch_it(client: TestClient, year: int) -> None:
    whole = everything(client, "/metrics")
    fit = [m for m in whole if touches(m, date(year, 1, 1), date(year, 12, 31))]

    assert everything(client, "/metrics", {"year": year}) == fit
    days = {"period_from": f"{year}-01-01", "period_to": f"{year}-12-31"}
    assert everything(client, "/metrics", days) == fit


def test_figures_with_and_without_stated_dates_share_out_the_list(client: TestClient) -> None:
    stated = everything(client, "/metrics", {"period": "stated"})
    unstated = everything(client, "/metrics", {"period": "unstated"})

    assert all(m["period_start"] for m in stated)
    assert not any(m["period_start"] or m["period_end"] for m in unstated)
    assert len(stated) + len(unstated) == 60
    assert "group-renting-cases" in {m["id"] for m in unstated}


SORTS = {
    "issues": {name: name for name in ("number", "measure_count", "metric_count", "statement_count")},
    "documents": {name: name for name in ("name", "type", "act")},
    "organizations": {name: name for name in ("name", "type", "place_count")},
    "measures": {"issue": "issue_number", "kind": "kind", "modality": "modality", "actor": "actor"},
    "metrics": {
        "value": "normalized_value",
        "period_start": "period_start",
        "issue": "issue_number",
        "unit": "unit_code",
        "counted": "counted_code",
        "id": "id",
    },
}


def test_every_key_that_orders_is_tested() -> None:
    document = app.openapi()
    for name in KEYS:
        for parameter in document["paths"][f"/{name}"]["get"]["parameters"]:
            if parameter["name"] == "sort":
                keys = document["components"]["schemas"][parameter["schema"]["items"]["$ref"].rpartition("/")[2]]
                assert set(keys["enum"]) == {sign + key for key in SORTS[name] for sign in ("", "-")}


def ordered(records: list[Record], keys: list[str], fields: dict[str, str]) -> list[Record]:
    """The records by each key in turn, what is null last, ties in the order they had."""
    for key in reversed(keys):
        field = fields[key.removeprefix("-")]
        some = [r for r in records if r[field] is not None]
        some.sort(key=lambda r: r[field], reverse=key.startswith("-"))
        if key.startswith("-"):
            some = [r for v in dict.fromkeys(r[field] for r in some) for r in records if r[field] == v]
        records = some + [r for r in records if r[field] is None]
    return records


@pytest.mark.parametrize("name", SORTS)
@QUICK
@given(data=st.data())
def test_a_generated_query_gets_its_records_in_order_however_paged(
    client: TestClient, name: str, data: st.DataObject
) -> None:
    whole = everything(client, f"/{name}")
    fields = SORTS[name]
    keys = data.draw(st.lists(st.sampled_from([sign + key for key in fields for sign in ("", "-")]), max_size=3))
    query: dict[str, Any] = {"sort": keys}
    expected = whole
    for parameter, field in [(p, f) for n, p, f in FILTERS if n == name]:
        present = sorted({v for record in whole for v in values(record, field) if v is not None})
        chosen = data.draw(st.lists(st.sampled_from(present), max_size=2)) if data.draw(st.booleans()) else []
        if chosen:
            query[parameter] = chosen
            expected = [r for r in expected if set(chosen) & set(values(r, field))]

    found = everything(client, f"/{name}", query, limit=data.draw(st.sampled_from([3, 17, 200])))

    assert [r["uid"] for r in found] == [r["uid"] for r in ordered(expected, keys, fields)]

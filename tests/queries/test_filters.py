"""Filters and order: a list holds just the records that meet the query, in the order asked for, however it is paged."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paging import Record, everything, values

from app.main import app

FILTERS = [
    ("issues", "category", "category_number"),
    ("issues", "topic", "topics"),
    ("issues", "kind", "kinds"),
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
    ("numerals", "class", "class"),
    ("numerals", "section", "section_id"),
]
# Tested by themselves, since no field of the record holds the value.
APART = {("measures", "topic"), ("metrics", "year")}
LISTS = ["issues", "statements", "sections", "measures", "metrics", "numerals"]
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
        for name in LISTS
        for parameter in paths[f"/{name}"]["get"]["parameters"]
        if parameter["schema"]["type"] == "array" and parameter["name"] != "sort"
    }

    assert taken == {(name, parameter) for name, parameter, _ in FILTERS} | APART


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
    slips = client.get("/measures?kind=meeting&kind=meetings&kind=x").json()["errors"]

    assert [(slip["name"], slip["suggestion"]) for slip in slips] == [("kind", "meeting"), ("kind", None)]


PRESENCE: dict[str, Callable[[Record], bool]] = {
    "issues?has_metrics": lambda r: r["metric_count"] > 0,
    "measures?has_actor": lambda r: r["actor"] is not None,
    "metrics?has_note": lambda r: r["note"] is not None,
}


@pytest.mark.parametrize("query", PRESENCE)
def test_presence_and_absence_share_out_the_list(client: TestClient, query: str) -> None:
    name, _, parameter = query.partition("?")
    whole, has = everything(client, f"/{name}"), PRESENCE[query]

    assert everything(client, f"/{name}", {parameter: "true"}) == [r for r in whole if has(r)]
    assert everything(client, f"/{name}", {parameter: "false"}) == [r for r in whole if not has(r)]


def test_measures_with_figures_are_those_that_metrics_name(client: TestClient) -> None:
    named = {m["measure_id"] for m in everything(client, "/metrics")} - {None}

    assert {m["id"] for m in everything(client, "/measures", {"has_metrics": "true"})} == named
    assert not {m["id"] for m in everything(client, "/measures", {"has_metrics": "false"})} & named


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
    "issues": {"number": "number", "measure_count": "measure_count", "metric_count": "metric_count"},
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

"""The transcription of the notice: checked, whole, and in every answer just as the source prints it."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import app
from app.settings import ROOT
from app.transcription.layout.json_schema import schema
from app.transcription.seed import load_seed

SEED = ROOT / "seed"
NOTICE = SEED / "shanghai-putuo-2024"
SOURCE = (NOTICE / "notice.txt").read_bytes()
COLLECTIONS = [
    "sections",
    "categories",
    "issues",
    "statements",
    "measures",
    "metrics",
    "numerals",
    "documents",
    "organizations",
]


def everything(client: TestClient, name: str) -> list[dict[str, Any]]:
    first = client.get(f"/{name}?limit=200").json()
    items: list[dict[str, Any]] = first["items"]
    while first["next"]:
        first = client.get(first["next"]).json()
        items += first["items"]
    return items


def printed(record: dict[str, Any], name: str) -> Iterator[tuple[str, int, int]]:
    """Every printed string of a record with its place."""
    for key in record:
        if key.endswith("_start") and f"{key[:-6]}_end" in record:
            field = {"value": "value_text"}.get(key[:-6], key[:-6])
            if field in record and record[key] is not None:
                yield record[field], record[key], record[f"{key[:-6]}_end"]
    if record.get("start") is not None:
        text = {"metrics": "quote", "documents": "name", "organizations": "name"}.get(name, "text")
        yield record[text], record["start"], record["end"]
    for place in record.get("places", ()):
        yield place["text"], place["start"], place["end"]


def test_the_source_is_byte_for_byte_the_one_that_was_transcribed() -> None:
    assert len(SOURCE) == 35_242
    assert hashlib.sha256(SOURCE).hexdigest() == "d2faf328499e18450535322f41d8a1053ad28b1e1a88092a25e06943f557a53e"


def test_the_source_is_served_as_it_is(client: TestClient) -> None:
    answer = client.get("/source.txt")

    assert answer.content == SOURCE
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert client.get("/notice").json()["source_sha256"] == hashlib.sha256(SOURCE).hexdigest()


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_printed_string_stands_in_the_source_at_its_place(client: TestClient, name: str) -> None:
    text = client.get("/source.txt").text

    strings = [string for record in everything(client, name) for string in printed(record, name)]

    assert len(strings) >= len(everything(client, name))
    for string, start, end in strings:
        assert text[start:end] == string


@pytest.mark.parametrize("path", ["/notice", "/contact"])
def test_what_is_printed_of_notice_and_contact_stands_there_too(client: TestClient, path: str) -> None:
    text, body = client.get("/source.txt").text, client.get(path).json()

    strings = [string for record in body.get("lines", [body]) for string in printed(record, path)]

    assert len(strings) >= 8
    for string, start, end in strings:
        assert text[start:end] == string


def test_places_are_the_same_to_javascript(client: TestClient) -> None:
    text = client.get("/source.txt").text

    assert len(text.encode("utf-16-le")) == 2 * len(text)


def test_the_sections_in_order_are_the_notice(client: TestClient) -> None:
    text, cursor = client.get("/source.txt").text, 0

    for section in everything(client, "sections"):
        for start, end in ((section["marker_start"], section["title_end"]), (section["start"], section["end"])):
            if end is None:
                continue
            start = section["title_start"] if start is None else start
            assert text[cursor:start].strip(" \u2003\n。") == ""
            cursor = end
    assert text[cursor:].split() == ["分享:", "特殊稿件右侧区域内容请使用tab按钮切换浏览"]


def test_the_statements_of_an_issue_are_its_text(client: TestClient) -> None:
    for issue in everything(client, "issues"):
        rest = issue["text"]
        for statement in client.get(f"/statements?issue={issue['number']}&limit=200").json()["items"]:
            before, found, rest = rest.partition(statement["text"])
            assert found
            assert before.strip(",。;") == ""
        assert rest == "。"


def test_the_issues_are_41_in_order_under_four_categories(client: TestClient) -> None:
    issues, categories = everything(client, "issues"), everything(client, "categories")

    assert [issue["number"] for issue in issues] == list(range(1, 42))
    assert [category["issue_count"] for category in categories] == [17, 9, 13, 2]
    assert [category["framework"] for category in categories] == ["policy", "governance", "organization", "follow_up"]
    assert Counter(issue["category_number"] for issue in issues) == {1: 17, 2: 9, 3: 13, 4: 2}


def test_the_counts_of_issues_and_categories_are_those_of_their_parts(client: TestClient) -> None:
    statements, measures, metrics = (everything(client, name) for name in ("statements", "measures", "metrics"))

    for issue in everything(client, "issues"):
        own = [measure for measure in measures if measure["issue_number"] == issue["number"]]
        assert issue["statement_count"] == sum(s["issue_number"] == issue["number"] for s in statements)
        assert issue["measure_count"] == len(own)
        assert issue["metric_count"] == sum(m["issue_number"] == issue["number"] for m in metrics)
        assert issue["kinds"] == list(dict.fromkeys(measure["kind"] for measure in own))
    for category in everything(client, "categories"):
        assert category["measure_count"] == sum(m["category_number"] == category["number"] for m in measures)
        assert category["metric_count"] == sum(m["category_number"] == category["number"] for m in metrics)


def test_no_record_carries_a_status(client: TestClient) -> None:
    for name in COLLECTIONS:
        for record in everything(client, name):
            states = [value for key, value in record.items() if "status" in key or "progress" in key or "done" in key]
            assert states == ([None] * 4 if name == "issues" else [])


def test_a_metric_keeps_what_was_printed_and_adds_what_can_be_computed(client: TestClient) -> None:
    for metric in everything(client, "metrics"):
        value, normalized = Decimal(str(metric["value"])), Decimal(str(metric["normalized_value"]))
        assert value * metric["multiplier"] == normalized
        assert metric["value_text"] in metric["quote"]
        if metric["qualifier"] == "exact":
            assert metric["lower"] == metric["upper"] == metric["normalized_value"]
        if metric["qualifier"] in ("more_than", "at_least"):
            assert (metric["lower"], metric["upper"]) == (metric["normalized_value"], None)


FIGURES: dict[str, dict[str, Any]] = {
    "institute-firm-collaborations": {
        "value_text": "40余项", "value": 40, "direction": None, "unit": "项", "unit_code": "item", "multiplier": 1,
        "normalized_value": 40, "qualifier": "more_than", "lower": 40, "upper": None, "nature": "level",
        "comparison": None, "comparison_text": None, "period_kind": "none", "period_start": None, "period_end": None,
        "counted": "合作", "counted_en": "instances of cooperation", "counted_code": "project", "scope": "issue",
        "issue_number": 10, "category_number": 1, "section_id": "s2-1-10",
        "statement_id": "o10-1", "per": None, "indicator": None,
    },
    "rd-spending-increase": {
        "value_text": "9.37亿元", "value": 9.37, "direction": "increase", "unit": "元", "unit_code": "yuan",
        "multiplier": 100000000, "normalized_value": 937000000, "qualifier": "exact", "lower": 937000000,
        "upper": 937000000, "nature": "change", "comparison": "previous_year", "comparison_text": "较上一年",
        "period_kind": "during", "period_start": "2022-01-01", "period_end": "2022-12-31", "period_text": "2022年",
        "counted_code": "spending", "scope": "issue", "indicator": None,
    },
    "district-river-sections-class-iii-share": {"value": 95.1, "nature": "share", "unit_code": "percent"},
    "rd-gdp-share-increase": {"value": 0.71, "unit": "个百分点", "nature": "change", "unit_code": "percentage_point"},
    "three-public-expenses-budget-change-2023": {
        "value": -2.3, "lower": -2.3, "upper": -2.3, "direction": "decrease", "nature": "growth_rate",
        "comparison": "year_on_year", "comparison_text": "同比", "unit": "%",
    },
    "old-housing-comprehensive-repair-area": {"value": 34, "multiplier": 10000, "normalized_value": 340000},
    "standing-committee-study-frequency": {"value_text": "至少一次", "qualifier": "at_least", "nature": "frequency"},
    "issues-broken-down": {"same_as": "issues-total", "scope": "notice", "section_id": "s1-2-2", "issue_number": None},
    "issues-done": {"part_of": "issues-total", "period_kind": "as_of", "period_text": "截至目前", "period_end": None},
    "municipal-water-sections-class-iii-share": {"denominator": "municipal-water-sections", "value": 100},
    "group-renting-cases": {"period_text": "全年", "period_start": None, "period_end": None, "period_kind": "during"},
}  # fmt: skip


@pytest.mark.parametrize("id", FIGURES)
def test_a_hard_figure_is_as_the_editors_settled_it(client: TestClient, id: str) -> None:
    metric = client.get(f"/metrics/{id}").json()

    assert {name: metric[name] for name in FIGURES[id]} == FIGURES[id]


def test_the_declared_totals_are_those_printed(client: TestClient) -> None:
    totals = client.get("/notice").json()["totals"]

    assert {name: total["value"] for name, total in totals.items()} == {
        "meetings_leading_body": 31, "meetings_units": 424, "issues_total": 41, "issues_done": 39,
        "measures_total": 147, "measures_done": 145, "persons_case_filed": 5, "persons_handled": 16,
        "rules_new": 59, "rules_revised": 37,
    }  # fmt: skip


def test_numbers_are_json_numbers_without_a_needless_point(client: TestClient) -> None:
    text = client.get("/metrics?limit=200").text

    assert '"value":41,' in text
    assert '"value":9.37,' in text
    assert ".0," not in text
    assert '"value":"' not in text


def test_every_printed_number_is_accounted_for_once(client: TestClient) -> None:
    numerals = everything(client, "numerals")

    assert len(numerals) == 143 + 161 + 2
    assert [n["start"] for n in numerals] == sorted(n["start"] for n in numerals)
    assert all((n["class"] == "metric") == (n["metric_id"] is not None) for n in numerals)
    assert {n["metric_id"] for n in numerals} - {None} == {m["id"] for m in everything(client, "metrics")}


def test_schema_json_is_generated_from_the_models() -> None:
    assert json.loads((SEED / "schema.json").read_text()) == schema(SEED)


def test_the_checker_passes_and_says_what_there_is() -> None:
    done = subprocess.run([sys.executable, "-m", "app", "check"], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "41 issues" in done.stdout
    assert load_seed(SEED).data_version in done.stdout


def test_the_versions_of_data_and_software_are_apart(client: TestClient) -> None:
    notice = client.get("/notice").json()

    assert notice["data_version"] == load_seed(SEED).data_version
    assert notice["api_version"] == app.version


def test_every_clause_of_what_reports_is_a_statement(client: TestClient) -> None:
    reporting = {"leadership", "issue", "totals", "common_issues", "next_steps"}
    statements = everything(client, "statements")

    for section in everything(client, "sections"):
        if section["role"] in reporting and section["text"]:
            rest = section["text"]
            for statement in statements:
                if statement["section_id"] == section["id"]:
                    before, found, rest = rest.partition(statement["text"])
                    assert found
                    assert before.strip(",。;\n\u2003") == ""
            assert rest == "。"


def test_an_ordered_act_is_marked_where_the_actor_is(client: TestClient) -> None:
    for measure in everything(client, "measures"):
        assert (measure["directive"] is None) == (measure["directive_code"] is None)
        if measure["directive"] and measure["actor"]:
            assert measure["directive_start"] < measure["actor_start"]

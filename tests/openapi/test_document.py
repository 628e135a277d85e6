"""The committed OpenAPI document is the one that is served, and no change to it breaks a client unseen."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from changes import breaking
from openapi_spec_validator import validate

from app.main import app
from app.settings import ROOT

COMMITTED = json.loads((ROOT / "docs/openapi.json").read_text())
NPM = ROOT / "tests/npm/node_modules"


def test_nothing_breaks_the_clients_of_the_committed_document() -> None:
    assert breaking(COMMITTED, app.openapi()) == []


def test_the_committed_document_is_the_served_one() -> None:
    assert app.openapi() == COMMITTED, "run `make openapi` and commit docs/openapi.json"


def test_the_document_is_valid() -> None:
    validate(COMMITTED)


def test_a_linter_finds_nothing(node: Callable[..., str]) -> None:
    said = node(NPM / "@redocly/cli/bin/cli.js", "lint", ROOT / "docs/openapi.json", "--format=json")

    assert json.loads(said)["totals"] == {"errors": 0, "warnings": 0, "ignored": 0}


def test_the_document_has_no_address_of_another_host() -> None:
    namespace = "http://www.w3.org/2005/Atom"
    assert "http://" not in json.dumps(COMMITTED).replace(namespace, "")


def issues(document: Any) -> Any:
    return document["paths"]["/issues"]["get"]


def parameter(document: Any, name: str) -> Any:
    schema = next(p for p in issues(document)["parameters"] if p["name"] == name)["schema"]
    return resolved(document, schema.get("items", schema))


def metric(document: Any, name: str) -> Any:
    return resolved(document, document["components"]["schemas"]["Metric"]["properties"][name])


def resolved(document: Any, schema: Any) -> Any:
    return document["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


BREAKING: dict[str, tuple[Callable[[Any], Any], str]] = {
    "a removed path": (lambda d: d["paths"].pop("/issues"), "GET /issues: removed"),
    "a renamed operation": (lambda d: issues(d).update(operationId="issues"), "operationId list_issues is now issues"),
    "a removed parameter": (lambda d: issues(d)["parameters"].pop(), "parameter fields removed"),
    "a new required parameter": (
        lambda d: issues(d)["parameters"].append({"name": "key", "required": True, "schema": {}}),
        "parameter key is now required",
    ),
    "a removed value of a parameter": (lambda d: parameter(d, "topic")["enum"].remove("land"), "value land removed"),
    "a closed parameter": (lambda d: parameter(d, "limit").update(enum=[50]), "parameter limit: is now closed"),
    "a narrower range": (lambda d: parameter(d, "limit").update(maximum=100), "range is now narrower"),
    "a changed default": (lambda d: parameter(d, "limit").update(default=20), "default 50 is now 20"),
    "a changed type of a parameter": (lambda d: parameter(d, "limit").update(type="string"), "type integer is now"),
    "a removed response": (lambda d: issues(d)["responses"].pop("304"), "response 304 removed"),
    "a removed media type": (
        lambda d: issues(d)["responses"]["200"]["content"].clear(),
        "application/json removed",
    ),
    "a removed schema": (lambda d: d["components"]["schemas"].pop("Metric"), "Metric: removed"),
    "a removed field": (
        lambda d: d["components"]["schemas"]["Metric"]["properties"].pop("value"),
        "Metric.value: removed",
    ),
    "a changed type of a field": (lambda d: metric(d, "value").update(type="string"), "Metric.value: type ['number']"),
    "a field that may now be null": (
        lambda d: metric(d, "value").update(anyOf=[{"type": "number"}, {"type": "null"}]),
        "Metric.value: type ['number'] is now ['null', 'number']",
    ),
    "a field that may now be absent": (
        lambda d: d["components"]["schemas"]["Metric"]["required"].remove("value"),
        "Metric.value: may now be absent",
    ),
    "a removed code": (lambda d: metric(d, "nature")["enum"].remove("share"), ": value share removed"),
}


@pytest.mark.parametrize("change", BREAKING)
def test_a_breaking_change_is_shown(change: str) -> None:
    changed = deepcopy(COMMITTED)
    mutate, told = BREAKING[change]
    mutate(changed)

    assert any(told in found for found in breaking(COMMITTED, changed))


@pytest.mark.parametrize(
    "grow",
    [
        lambda d: d["paths"].update({"/new": d["paths"]["/issues"]}),
        lambda d: issues(d)["parameters"].append({"name": "q", "required": False, "schema": {"type": "string"}}),
        lambda d: parameter(d, "topic")["enum"].append("new"),
        lambda d: d["components"]["schemas"]["Metric"]["properties"].update(new={"type": "string"}),
        lambda d: metric(d, "nature")["enum"].append("new"),
        lambda d: parameter(d, "category").update(maximum=5),
    ],
)
def test_growth_breaks_nothing(grow: Callable[[Any], Any]) -> None:
    changed = deepcopy(COMMITTED)
    grow(changed)

    assert breaking(COMMITTED, changed) == []


def test_the_document_can_be_printed_by_hand(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "openapi"],
        cwd=ROOT,
        env=os.environ | {"NOTICE_DATABASE": str(tmp_path)},
        capture_output=True,
        check=True,
    )

    assert json.loads(done.stdout) == COMMITTED

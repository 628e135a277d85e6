"""Reconciliation: declared beside transcribed, comparable or not, never repaired."""

import json
import shutil
from pathlib import Path

from asgi import Client
from conftest import rerelease, write
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings


def test_the_one_comparable_total_matches(client: TestClient) -> None:
    declarations = client.get("/reconciliation").json()["declarations"]

    comparable = [d for d in declarations if d["comparable"]]
    assert [(d["metric_id"], d["declared"], d["transcribed"], d["matches"]) for d in comparable] == [
        ("issues-total", 41, 41, True)
    ]


def test_what_cannot_be_compared_says_so_and_claims_no_match(client: TestClient) -> None:
    for declaration in client.get("/reconciliation").json()["declarations"]:
        if not declaration["comparable"]:
            assert declaration["matches"] is None
            assert declaration["note"]
            assert declaration["note_en"]


def test_every_declared_total_is_there(client: TestClient) -> None:
    totals = {total["metric_id"] for total in client.get("/notice").json()["totals"].values()}

    assert {d["metric_id"] for d in client.get("/reconciliation").json()["declarations"]} == totals


def test_the_counts_are_those_of_the_lists(client: TestClient) -> None:
    body = client.get("/reconciliation").json()

    for role, count in body["statements"].items():
        assert client.get("/statements", params={"role": role}).json()["total"] == count
    for kind, count in body["measures"].items():
        assert client.get("/measures", params={"kind": kind}).json()["total"] == count
    for name, count in body["numerals"].items():
        assert client.get("/numerals", params={"class": name}).json()["total"] == count
    assert sum(body["numerals"].values()) == 306
    assert sum(body["measures"].values()) == body["statements"]["measure"]


def test_no_character_is_lost(client: TestClient) -> None:
    body = client.get("/reconciliation").json()

    assert body["characters"] == len("".join(client.get("/source.txt").text.split()))
    assert body["characters"] == body["characters_in_sections"] + body["characters_in_residue"]


def test_a_difference_stays_visible(seed: Path, tmp_path: Path) -> None:
    path = seed / "shanghai-putuo-2024" / "notice.json"
    notice = json.loads(path.read_text())
    section = next(s for s in notice["sections"] if s["id"] == "s2-4-41")
    section["role"] = "common_issues"
    for metric in notice["metrics"]:
        if metric["section"] == section["id"]:
            metric["scope"] = "notice"
    notice["issues"] = notice["issues"][:-1]
    write(path, notice)
    shutil.rmtree(path.with_name("readings"))  # which are of the statements as they were
    rerelease(seed)

    client = Client(create_app(Settings(seed=rerelease(seed), database=tmp_path / "var")))

    first = client.get("/reconciliation").json()["declarations"][0]
    assert (first["declared"], first["transcribed"], first["matches"]) == (41, 40, False)

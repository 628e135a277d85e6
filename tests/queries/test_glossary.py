"""The glossary: terms of the notices explained, and every place at which one stands, none of them twice."""

from itertools import pairwise
from typing import Any

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import everything

FIRST, SECOND = "shanghai-putuo-2024", "linjiang-2025"
FIELDS = [
    "id", "url", "term", "forms", "not_in", "pinyin", "en", "definition", "definition_en", "uncertain", "note",
    "note_en", "places",
]  # fmt: skip


@pytest.fixture
def both(both_app: FastAPI) -> TestClient:
    return Client(both_app)


def places(entries: list[dict[str, Any]]) -> list[tuple[str, int, int, str]]:
    """Every place in the order of the notices' texts."""
    return sorted((p["notice"], p["start"], p["end"], p["text"]) for entry in entries for p in entry["places"])


def test_an_entry_explains_a_term_in_both_languages(client: TestClient) -> None:
    entry = client.get("/glossary/sanzhong-yida").json()

    assert {entry["term"], entry["pinyin"], entry["uncertain"]} == {"三重一大", "sānzhòng-yīdà", False}
    for word in ("重大决策", "重要人事任免", "重大项目安排", "大额度资金使用"):
        assert word in entry["definition"]
    assert entry["note"] is entry["note_en"] is None


def test_every_term_stands_in_the_notice_at_its_places(client: TestClient) -> None:
    text, entries = client.get("/source.txt").text, everything(client, "/glossary")

    assert len(entries) >= 60
    for entry in entries:
        assert list(entry) == FIELDS
        assert entry["places"], entry["id"]
        for place in entry["places"]:
            assert place["notice"] == FIRST
            assert place["text"] in (entry["term"], *entry["forms"])
            assert text[place["start"] : place["end"]] == place["text"]
        assert client.get(entry["url"]).json() == entry


def test_no_two_places_overlap(client: TestClient) -> None:
    marked = places(everything(client, "/glossary"))

    assert all(before[2] <= after[1] for before, after in pairwise(marked))


def test_no_term_is_passed_over(client: TestClient) -> None:
    """Every other occurrence lies within a longer term, or within a word that only looks like it."""
    text, entries = client.get("/source.txt").text, everything(client, "/glossary")
    marked = [(start, end) for _, start, end, _ in places(entries)]
    words = [(at, at + len(word)) for e in entries for word in e["not_in"] for at in all_places(text, word)]

    for entry in entries:
        for form in (entry["term"], *entry["forms"]):
            for at in all_places(text, form):
                assert any(start <= at and at + len(form) <= end for start, end in marked + words), (form, at)


def all_places(text: str, word: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(word, at)]


def test_a_committee_is_not_taken_for_its_short_name(client: TestClient) -> None:
    text = client.get("/source.txt").text

    assert "普陀区委员会" in text
    for place in client.get("/glossary/quwei").json()["places"]:
        assert not text.startswith("员会", place["end"])


def test_what_is_uncertain_says_what(client: TestClient) -> None:
    uncertain = [entry for entry in everything(client, "/glossary") if entry["uncertain"]]

    assert {"“五高”建设", "五心三好", "“3+5+X”产业政策"} <= {entry["term"] for entry in uncertain}
    assert all(entry["note"] and entry["note_en"] for entry in uncertain)


def test_each_notice_has_its_own_terms_and_places(both: TestClient) -> None:
    text = both.get(f"/source.txt?notice={SECOND}").text
    entries = everything(both, "/glossary", {"notice": SECOND})

    assert {"巡察", "整改", "区委"} <= {entry["term"] for entry in entries}
    assert len(entries) < both.get("/glossary").json()["total"]
    for _, start, end, printed in places(entries):
        assert text[start:end] == printed


def test_all_notices_together_have_the_places_of_each(both: TestClient) -> None:
    each = [place for slug in (FIRST, SECOND) for place in places(everything(both, "/glossary", {"notice": slug}))]
    entries = everything(both, "/glossary", {"notice": "all"})

    assert places(entries) == sorted(each)
    for entry in entries:
        assert both.get(f"{entry['url']}?notice=all").json() == entry
        assert [place["notice"] for place in entry["places"]] == sorted(
            (place["notice"] for place in entry["places"]), key=[FIRST, SECOND].index
        )


def test_a_term_of_another_notice_is_explained_without_places(both: TestClient) -> None:
    assert both.get(f"/glossary/sifeng?notice={SECOND}").json()["places"] == []


def test_entries_are_in_the_order_of_their_pinyin(client: TestClient) -> None:
    terms = [entry["term"] for entry in everything(client, "/glossary")]

    assert [terms.index(term) for term in ("12345热线", "半马苏河", "党建", "两个确立", "整改")] == sorted(
        terms.index(term) for term in ("12345热线", "半马苏河", "党建", "两个确立", "整改")
    )


def test_an_address_of_an_entry_is_under_the_mount(seed_app: FastAPI) -> None:
    entry = Client(seed_app, root_path="/open").get("/glossary?limit=1").json()["items"][0]

    assert entry["url"] == f"/open/glossary/{entry['id']}"


def test_an_unknown_entry_is_not_found_and_the_nearest_suggested(client: TestClient) -> None:
    answer = client.get("/glossary/sifen")

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["suggestion"] == "sifeng"

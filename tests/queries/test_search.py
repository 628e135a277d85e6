"""Search: a word is found exactly where it stands, at any length; as brute force finds it, only faster."""

import os
import random
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from paging import everything

from app.queries.search import marks, matching

FIELDS = {
    "sections": ["text"],
    "issues": ["title", "text"],
    "measures": ["text"],
    "metrics": ["quote", "label"],
}
GENERATED = int(os.environ.get("SEARCH_EXAMPLES", "3000"))
OVER_HTTP = int(os.environ.get("SEARCH_OVER_HTTP", "500"))
THOROUGH = settings(max_examples=GENERATED, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def fold(text: str) -> str:
    """Width and case away, blanks as they are but of one kind."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Passages(dict[int, tuple[str, str]]):
    """The folded title and body of every passage, by rowid."""

    def __repr__(self) -> str:
        return f"{len(self)} passages"


@pytest.fixture(scope="module")
def passages(seed_app: FastAPI) -> Passages:
    """The passages, made from the records as they are served."""
    client = TestClient(seed_app)
    texts: dict[tuple[str, str], tuple[str, str]] = {}
    for name, fields in FIELDS.items():
        for record in everything(client, f"/{name}"):
            key = str(record.get("id", record.get("number")))
            title = record["title"] if name == "issues" else record["label"] if name == "metrics" else ""
            body = record["quote"] if name == "metrics" else record["text"]
            if body is not None:
                texts[name.removesuffix("s"), key] = (fold(title), fold(body))
            assert set(fields) <= set(record)
    rows = seed_app.state.database.fetch("select rowid, type, id from passage")
    return Passages((rowid, texts[type, id]) for rowid, type, id in rows)


def brute(passages: Passages, query: str) -> list[int]:
    """The rowids of the passages in which every word stands."""
    words = fold(query).split()
    return [id for id, fields in passages.items() if all(any(word in field for field in fields) for word in words)]


def found(app: FastAPI, query: str) -> list[int]:
    found = matching(query)
    return sorted(rowid for (rowid,) in app.state.database.fetch(found.sql, found.values))


def grams(text: str, length: int) -> Iterator[str]:
    pieces = {text[place : place + length] for place in range(len(text) - length + 1)}
    yield from sorted(piece for piece in pieces if piece.split() == [piece])


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_every_gram_of_the_notice_is_found_just_where_it_stands(
    seed_app: FastAPI, passages: Passages, client: TestClient, length: int
) -> None:
    every = list(grams(client.get("/source.txt").text, length))

    for gram in every:
        assert found(seed_app, gram) == brute(passages, gram), gram
    assert len(every) > 1000 * (length > 1)


ODD = [
    "\ue000",
    "\ufdd0",
    "消\ufdd0防",
    "\ufffe",
    '"',
    "'",
    "%",
    "_",
    "*",
    "NOT",
    "-",
    "a AND b",
    "(",
    "^",
    ":",
    "title:消防",
    '"消防"',
    "消防*",
    "NEAR(消 防)",
    "🚒",
]
ODD += [
    "\ud800",
    "消\udfff防",
    "１",
    "Ｒ＆Ｄ",
    "r&d",
    "gdp",
    "ⅲ",
    "iii",
    "Ⅲ类",
    "，",
    ",",
    "。",
    "\\",
    "{",
    "}",
    "x\u0301",
    "ﬁ",
]


@pytest.mark.parametrize("query", ODD, ids=ascii)
def test_odd_input_is_looked_for_as_it_is(seed_app: FastAPI, passages: Passages, query: str) -> None:
    assert found(seed_app, query) == brute(passages, query)


WORDS = st.text(
    st.one_of(
        st.sampled_from("的区委制度消防安全整改1234567890%R&D,。“” 、·-ＡａⅢ"),
        st.characters(exclude_categories=["Cc"]),
    ),
    min_size=1,
    max_size=6,
)


@THOROUGH
@given(query=WORDS.filter(lambda query: fold(query).strip() != ""))
@example(query="问题 整改")
def test_a_generated_query_finds_what_brute_force_finds(seed_app: FastAPI, passages: Passages, query: str) -> None:
    assert found(seed_app, query) == brute(passages, query)


def test_over_http_the_records_are_the_same(client: TestClient, seed_app: FastAPI, passages: Passages) -> None:
    text = client.get("/source.txt").text
    chance = random.Random(20240726)
    rows = seed_app.state.database.fetch("select rowid, type, id from passage")
    names = {rowid: (type, id) for rowid, type, id in rows}
    for _ in range(OVER_HTTP):
        start, length = chance.randrange(len(text) - 8), chance.randint(1, 6)
        query = text[start : start + length].strip()
        if not query or any(unicodedata.category(character) == "Cc" for character in query):
            continue
        hits = everything(client, "/search", {"q": query})
        records = {(r["type"], r["uid"].rpartition("/")[2]) for hit in hits for r in hit["records"]}
        assert records == {names[id] for id in brute(passages, query)}, query


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("query", ["消防", "9", "会议 制度", "GDP", "２０２３年"])
def test_q_narrows_a_list_to_the_records_that_hold_every_word(client: TestClient, name: str, query: str) -> None:
    words = fold(query).split()

    def holds(record: dict[str, Any]) -> bool:
        fields = [fold(record[field] or "") for field in FIELDS[name]]
        return all(any(word in field for field in fields) for word in words)

    assert everything(client, f"/{name}", {"q": query}) == [r for r in everything(client, f"/{name}") if holds(r)]


def test_marks_are_the_places_of_the_words_in_the_source(client: TestClient) -> None:
    text = client.get("/source.txt").text

    for query in ("消防", "制度 会议", "ｒ＆ｄ", "问题"):
        for hit in everything(client, "/search", {"q": query}):
            assert text[hit["excerpt_start"] : hit["excerpt_end"]] == hit["excerpt"]
            for mark in hit["marks"]:
                assert any(word in fold(text[mark["start"] : mark["end"]]) for word in fold(query).split())


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("面积3㎡多", "m2", [(3, 4)]),
        ("ＡＢＣ", "b", [(1, 2)]),
        ("cafe\u0301 au lait", "é", [(3, 5)]),
        ("aaaa", "aa", [(0, 4)]),
        ("甲乙丙", "乙 丙", [(1, 3)]),
        ("甲乙丙", "丁", []),
    ],
)
def test_marks_are_places_of_the_text_itself(text: str, query: str, expected: list[tuple[int, int]]) -> None:
    assert marks(text, query) == expected


def test_hits_on_one_passage_are_one(client: TestClient) -> None:
    (hit,) = client.get("/search?q=R%26D").json()["items"]

    assert (hit["section_id"], hit["issue_number"]) == ("s2-1-8", 8)
    assert {record["type"] for record in hit["records"]} == {"section", "issue", "metric"}
    for record in hit["records"]:
        assert client.get(record["url"]).json()["uid"] == record["uid"]


def test_a_hit_in_a_title_comes_first(client: TestClient) -> None:
    hits = client.get("/search", params={"q": "招商引资"}).json()["items"]

    assert hits[0]["issue_number"] == 6


def test_types_narrow_what_is_looked_at(client: TestClient) -> None:
    hits = everything(client, "/search", {"q": "会议", "type": ["metric"]})

    assert {record["type"] for hit in hits for record in hit["records"]} == {"metric"}
    metrics = {record["uid"] for hit in hits for record in hit["records"]}
    assert metrics == {metric["uid"] for metric in everything(client, "/metrics", {"q": "会议"})}


@pytest.mark.parametrize("query", ["", " ", "\u3000", "a\x00b", "\x1f", "x" * 201, "a\x7f"])
def test_what_cannot_be_looked_for_is_refused(client: TestClient, query: str) -> None:
    for path in ("/search", "/issues", "/metrics"):
        answer = client.get(path, params={"q": query})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["name"] == "q"


def test_a_query_of_200_characters_is_looked_for(client: TestClient) -> None:
    assert client.get("/search", params={"q": "消" * 200}).json()["total"] == 0

"""Search: a word is found where it stands, in Chinese at any length, in English at the beginning of a word."""

import os
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest
from asgi import Client
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from paging import Record, everything

from app.database.catalog import NoticeScope
from app.database.select import Select, in_select, rowid
from app.models.passage import PASSAGE_INDEX
from app.queries.normalization import drop_invisible, simplify
from app.queries.passages import PASSAGE
from app.queries.search import highlights, holds_words

COLLECTIONS = {"sections": "section", "issues": "issue", "measures": "measure", "metrics": "metric"}
GENERATED = int(os.environ.get("SEARCH_EXAMPLES", "1000"))
# Of the pieces of the notice that are longer than a character, which part is tried; all of them by `make proof`.
PART = 1 if os.environ.get("PROOF") else 25
OVER_HTTP = int(os.environ.get("SEARCH_OVER_HTTP", "200"))
THOROUGH = settings(max_examples=GENERATED, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

Key = tuple[str, str]  # the type and the id of a record


class Texts(NamedTuple):
    """What a record is searched by: its title and its body, folded."""

    chinese: tuple[str, str]
    english: tuple[str, str]

    def holds(self, word: str) -> bool:
        """Whether a folded word stands in the Chinese, as it is or simplified, or begins a word of the English."""
        if any(form in text for form in {word, simplify(word)} for text in self.chinese):
            return True
        if not re.search("[a-z]", word):
            return False
        begins = "(?<![^\\W_])" if word[0].isalnum() else ""
        return any(word in text and re.search(begins + re.escape(word), text) for text in self.english)


def fold(text: str) -> str:
    """Width and case away, blanks as they are but of one kind."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Passages(dict[Key, Texts]):
    """What every record is searched by."""

    def __repr__(self) -> str:
        return f"{len(self)} passages"

    def found(self, query: str) -> list[Key]:
        """The records in which every word of a query stands, by looking at all of them."""
        words = fold(drop_invisible(query)).split()
        return [key for key, texts in self.items() if all(map(texts.holds, words))]


def key_of(name: str, record: Record) -> Key:
    return COLLECTIONS[name], str(record.get("id", record.get("number")))


def searched(name: str, record: Record, english: Mapping[str, list[str]]) -> Texts | None:
    """What a record is searched by; None for a section without paragraphs of its own."""
    if name == "metrics":
        return Texts((fold(record["label"]), fold(record["quote"])), (fold(record["label_en"]), ""))
    if name == "measures":
        return Texts(("", fold(record["text"])), ("", fold(record["text_en"])))
    body = fold(" ".join(english.get(record["id"] if name == "sections" else record["section_id"], ())))
    if record["text"] is None:
        return None
    title = record["title"] if name == "issues" else ""
    return Texts((fold(title), fold(record["text"])), (fold(record["title_en"] or ""), body))


@pytest.fixture(scope="module")
def passages(seed_app: FastAPI) -> Passages:
    """The passages, in the order of the index, made from the records as they are served."""
    client = Client(seed_app)
    english: dict[str, list[str]] = defaultdict(list)
    for statement in everything(client, "/statements"):
        english[statement["section_id"]].append(statement["text_en"])
    texts: dict[Key, Texts] = {}
    for name in COLLECTIONS:
        for record in everything(client, f"/{name}"):
            if (text := searched(name, record, english)) is not None:
                texts[key_of(name, record)] = text
    rows = seed_app.state.database.fetch(Select(PASSAGE), PASSAGE.c.type, PASSAGE.c.id)
    return Passages((key, texts[key]) for key in map(tuple, rows))


def found(app: FastAPI, query: str) -> list[Key]:
    """The records in which the index finds every word of a query."""
    holds = holds_words(query, NoticeScope(app.state.catalog.default, app.state.catalog))
    select = Select(PASSAGE).where(in_select(rowid(PASSAGE), Select(PASSAGE_INDEX, (holds,)), rowid(PASSAGE_INDEX)))
    return [(type, id) for type, id in app.state.database.fetch(select, PASSAGE.c.type, PASSAGE.c.id)]


def grams(text: str, length: int) -> Iterator[str]:
    pieces = {text[place : place + length] for place in range(len(text) - length + 1)}
    yield from sorted(piece for piece in pieces if piece.split() == [piece])


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_every_gram_of_the_notice_is_found_just_where_it_stands(
    seed_app: FastAPI, passages: Passages, client: TestClient, length: int
) -> None:
    every = list(grams(client.get("/source.txt").text, length))

    for gram in every[:: PART if length > 1 else 1]:
        assert found(seed_app, gram) == passages.found(gram), gram
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
    assert found(seed_app, query) == passages.found(query)


WORDS = st.text(
    st.one_of(
        st.sampled_from("的区委制度消防安全整改1234567890%R&D,。“” 、·-ＡａⅢ"),
        st.characters(exclude_categories=["Cc"]),
    ),
    min_size=1,
    max_size=6,
)


@THOROUGH
@given(query=WORDS.filter(lambda query: fold(drop_invisible(query)) != ""))
@example(query="问题 整改")
def test_a_generated_query_finds_what_brute_force_finds(seed_app: FastAPI, passages: Passages, query: str) -> None:
    assert found(seed_app, query) == passages.found(query)


def test_over_http_the_records_are_the_same(client: TestClient, passages: Passages) -> None:
    text = client.get("/source.txt").text
    chance = random.Random(20240726)
    for _ in range(OVER_HTTP):
        start, length = chance.randrange(len(text) - 8), chance.randint(1, 6)
        query = text[start : start + length].strip()
        if not query or any(unicodedata.category(character) == "Cc" for character in query):
            continue
        hits = everything(client, "/search", {"q": query})
        records = {(r["type"], r["uid"].rpartition("/")[2]) for hit in hits for r in hit["records"]}
        assert records == set(passages.found(query)), query


@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize("query", ["消防", "9", "会议 制度", "GDP", "２０２３年", "fire", "housing 房", "Party member"])
def test_q_narrows_a_list_to_the_records_that_hold_every_word(
    client: TestClient, passages: Passages, name: str, query: str
) -> None:
    keys = set(passages.found(query))

    whole = everything(client, f"/{name}")
    assert everything(client, f"/{name}", {"q": query}) == [r for r in whole if key_of(name, r) in keys]


def english_words(texts: Texts) -> set[str]:
    return set(re.findall("[a-z]+", " ".join(texts.english)))


def test_every_english_word_is_found_by_its_beginning(seed_app: FastAPI, passages: Passages) -> None:
    words = {word for texts in passages.values() for word in english_words(texts)}

    assert len(words) > 1000
    for word in sorted(words | {word[:3] for word in words})[:: 1 if os.environ.get("PROOF") else 5]:
        assert found(seed_app, word) == passages.found(word), word


@pytest.mark.parametrize("query", ["housing", "fire", "cooperation", "Fire SAFETY", "r&d", "ＦＩＲＥ"])
def test_an_english_word_finds(client: TestClient, query: str) -> None:
    assert client.get("/search", params={"q": query}).json()["total"] > 0


@pytest.mark.parametrize("query", ["ire", "ousing", "&ire", "fire-safetyy", "_fire"])
def test_what_does_not_begin_an_english_word_finds_nothing(client: TestClient, query: str) -> None:
    assert client.get("/search", params={"q": query}).json()["total"] == 0


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
    assert highlights(text, query) == expected


@pytest.mark.parametrize("query", ["R&D", "消防", "fire"])
def test_hits_on_one_passage_are_one(client: TestClient, query: str) -> None:
    hits = everything(client, "/search", {"q": query})

    assert len({hit["section_id"] for hit in hits}) == len(hits)
    assert any(len({record["type"] for record in hit["records"]}) > 2 for hit in hits)
    for record in (record for hit in hits for record in hit["records"]):
        assert client.get(record["url"]).json()["uid"] == record["uid"]


def test_marks_are_in_the_chinese_alone(client: TestClient) -> None:
    hits = {hit["issue_number"]: hit for hit in everything(client, "/search", {"q": "R&D"})}

    assert [issue for issue, hit in hits.items() if hit["marks"]] == [8]
    assert len(hits) > 1


def test_a_hit_in_a_title_comes_first(client: TestClient) -> None:
    hits = client.get("/search", params={"q": "招商引资"}).json()["items"]

    assert hits[0]["issue_number"] == 6


@pytest.mark.parametrize("query", ["整改", "的", "30", "housing", "组织 处理", "xylophone"])
def test_hits_in_titles_come_first_then_all_stand_in_order(both_app: FastAPI, query: str) -> None:
    client = Client(both_app)
    words = fold(query).split()
    titles: dict[str, Texts] = {}
    for name in COLLECTIONS:
        for record in everything(client, f"/{name}", {"notice": "all"}):
            if texts := searched(name, record, {}):
                titles[record["uid"]] = Texts((texts.chinese[0], ""), (texts.english[0], ""))
    sections = [section["uid"] for section in everything(client, "/sections", {"notice": "all"})]
    ranks = []
    for hit in everything(client, "/search", {"q": query, "notice": "all"}):
        in_title = any(all(map(titles[link["uid"]].holds, words)) for link in hit["records"])
        section = sections.index(f"{hit['notice']}/sections/{hit['section_id']}")
        ranks.append((not in_title, section))

    assert ranks == sorted(ranks)
    assert len(set(ranks)) == client.get("/search", params={"q": query, "notice": "all"}).json()["total"]


@pytest.mark.parametrize("query", ["整改", "housing", "2023"])
def test_pages_of_one_hit_are_the_hits_of_the_whole(both_app: FastAPI, query: str) -> None:
    client = Client(both_app)
    whole = everything(client, "/search", {"q": query, "notice": "all"})

    for offset in range(len(whole) + 2):
        page = client.get("/search", params={"q": query, "notice": "all", "limit": 1, "offset": offset}).json()
        assert page["items"] == whole[offset : offset + 1]
        assert page["total"] == len(whole)


def test_types_narrow_what_is_looked_at(client: TestClient) -> None:
    hits = everything(client, "/search", {"q": "会议", "type": ["metric"]})

    assert {record["type"] for hit in hits for record in hit["records"]} == {"metric"}
    metrics = {record["uid"] for hit in hits for record in hit["records"]}
    assert metrics == {metric["uid"] for metric in everything(client, "/metrics", {"q": "会议"})}


@pytest.mark.parametrize("query", ["", " ", "\u3000", "a\x00b", "\x1f", "x" * 201, "a\x7f", "\u200b", "\ufeff \u00ad"])
def test_what_cannot_be_looked_for_is_refused(client: TestClient, query: str) -> None:
    for path in ("/search", "/issues", "/metrics"):
        answer = client.get(path, params={"q": query})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["name"] == "q"


def test_a_query_of_200_characters_is_looked_for(client: TestClient) -> None:
    assert client.get("/search", params={"q": "消" * 200}).json()["total"] == 0

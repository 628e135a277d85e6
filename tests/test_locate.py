"""核对原文: what stands in the notice is found, what does not is not, and a number is a number."""

import re
import time
from typing import Any

import pytest
from asking import everything
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.queries.quotations import Locator

QUOTES = {"sections": "text", "issues": "text", "measures": "text", "statements": "text", "metrics": "quote"}


def locate(client: TestClient, text: str) -> dict[str, Any]:
    answer = client.get("/locate", params={"text": text})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture(scope="module")
def locator(seed_app: FastAPI) -> Locator:
    return Locator(TestClient(seed_app).get("/source.txt").text)


@pytest.mark.parametrize("name", QUOTES)
def test_every_quote_of_the_data_stands_exactly(client: TestClient, locator: Locator, name: str) -> None:
    for record in everything(client, f"/{name}"):
        if record[QUOTES[name]] is not None:
            located = locator.locate(record[QUOTES[name]])
            assert located.status == "exact"
            assert (record["start"], record["end"]) in located.places


def test_a_quote_with_one_digit_changed_never_stands_exactly(client: TestClient, locator: Locator) -> None:
    changed = 0
    for metric in everything(client, "/metrics"):
        for digit in re.finditer("[0-9]", metric["quote"]):
            other = str((int(digit[0]) + 1) % 10)
            text = metric["quote"][: digit.start()] + other + metric["quote"][digit.end() :]
            located = locator.locate(text)
            assert located.status == "near", text
            assert located.differences
            changed += 1
    assert changed > 150


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("40余项", "exact"),
        ("9.37亿元", "exact"),
        ("9项", "absent"),
        ("47条", "absent"),
        ("147条", "exact"),
        ("37亿元", "near"),
        ("8条措施", "near"),
        ("十八条措施", "exact"),
        ("八条措施", "near"),
        ("３９项", "equivalent"),
        ("R & D", "equivalent"),
        ("科创板上市企业数量很少", "exact"),
        ("“三公”经费支出预算同比下降 2.3 %", "equivalent"),
        ("三公经费支出预算同比下降2.3%", "equivalent"),
        ("三公经费支出预算同比上升2.3%", "near"),
        ("三公经费支出预算同比下降23%", "near"),
        ("1、47条", "near"),
        ("1/47条", "near"),
        ("-9.37亿元", "near"),
        ("95. 1%", "near"),
        ("4 0余项", "near"),
        ("2024/07/26", "equivalent"),
        ("火星", "absent"),
        ("quick brown fox", "absent"),
    ],
)
def test_words_and_figures_stand_or_do_not(client: TestClient, text: str, status: str) -> None:
    assert locate(client, text)["status"] == status


def test_a_place_comes_with_its_sentence_and_records(client: TestClient) -> None:
    body = locate(client, "9.37亿元")

    (place,) = body["places"]
    source = client.get("/source.txt").text
    assert source[place["start"] : place["end"]] == place["text"] == "9.37亿元"
    assert source[place["sentence_start"] : place["sentence_end"]] == place["sentence"]
    assert place["sentence"].startswith("2022年普陀全社会R&D经费总量")
    assert (place["section_id"], place["issue_number"]) == ("s2-1-8", 8)
    assert {r["uid"].rpartition("/")[2] for r in place["records"]} == {
        "8",
        "rd-spending-increase",
        "rd-gdp-share-increase",
    }
    for record in place["records"]:
        assert client.get(record["url"]).status_code == 200


def test_a_near_answer_shows_just_the_difference(client: TestClient) -> None:
    body = locate(client, "已新建制度58项,修订完善37项")

    assert body["status"] == "near"
    assert [(d["asked"], d["stands"]) for d in body["differences"]] == [("8", "9")]
    assert body["places"][0]["text"] == "已新建制度59项,修订完善37项"


def test_part_of_a_number_is_near_the_whole_of_it(client: TestClient) -> None:
    body = locate(client, "37亿元")

    assert [(d["asked"], d["stands"]) for d in body["differences"]] == [("", "9.")]
    assert body["places"][0]["text"] == "9.37亿元"


@pytest.mark.parametrize(
    ("text", "stands"),
    [("41个问题", "41项问题"), ("1、47条", "147条"), ("-9.37亿元", "加9.37亿元"), ("95. 1%", "95.1%")],
)
def test_the_nearest_place_is_the_one_with_the_number(client: TestClient, text: str, stands: str) -> None:
    body = locate(client, text)

    assert body["places"][0]["text"] == stands
    assert body["differences"]


def test_a_quotation_may_run_over_lines(client: TestClient) -> None:
    text = client.get("/source.txt").text

    assert locate(client, text[60:400])["status"] == "exact"
    assert locate(client, text[60:400].replace("\u2003", "").replace("\n", " "))["status"] == "equivalent"


def test_the_answer_says_that_it_checks_words_not_truth(client: TestClient) -> None:
    for text in ("40余项", "４０余项", "火星"):
        body = locate(client, text)
        assert body["statement"].endswith("这里只核对文字,不判断真假。")
        assert body["statement_en"].endswith("This checks words, not truth.")


@pytest.mark.parametrize("text", ["", " ", "\x00", "x" * 1501])
def test_what_cannot_be_located_is_refused(client: TestClient, text: str) -> None:
    assert client.get("/locate", params={"text": text}).status_code == 422


@pytest.mark.parametrize("change", [lambda t: t, lambda t: t.replace("。", "。\n"), lambda t: t.replace("区", "市")])
def test_the_longest_quotation_takes_no_longer_than_a_glance(locator: Locator, change: Any) -> None:
    for start in (0, 3000, 9000):
        text = change(locator.text[start : start + 1500])[:1500]
        taken = []
        for _ in range(3):
            begun = time.process_time()  # what the machine does beside it does not count
            locator.locate(text)
            taken.append(time.process_time() - begun)
        assert min(taken) < 0.05

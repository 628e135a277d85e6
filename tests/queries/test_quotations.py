"""Quotations: what stands in the notice is found, what does not is not, and no figure passes for another."""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paging import everything

from app.queries.quotations import Match, QuotationMatcher, quotation_matcher
from app.transcription.parsing.numerals import parse_numeral

NOTICE = Path(__file__).parents[2] / "seed" / "shanghai-putuo-2024"
SOURCE = (NOTICE / "notice.txt").read_text(encoding="utf-8")
QUOTES = {"sections": "text", "issues": "text", "measures": "text", "statements": "text", "metrics": "quote"}
DIGITS = "零一二三四五六七八九"
UNITS = ["项", "条", "个", "家", "次", "人", "名", "人次", "件", "元", "公里", "个百分点", "%", "户", "吨"]


class Figure(NamedTuple):
    """A figure of the notice: where it stands, its number as printed, its unit, and a clause around it."""

    start: int
    end: int
    number: str
    number_start: int
    unit: str
    clause: tuple[int, int]

    def with_number(self, number: str) -> str:
        """The clause with another number in place of the figure's own."""
        start, end = self.clause
        return SOURCE[start : self.number_start] + number + SOURCE[self.number_start + len(self.number) : end]

    def with_unit(self, unit: str) -> str:
        """The clause with another unit in place of the figure's own."""
        start, end = self.clause
        return SOURCE[start : self.end - len(self.unit)] + unit + SOURCE[self.end : end]


def read_figures() -> Iterator[Any]:
    """Every figure in the whole of its sentence, and in the short clause between two marks."""
    for metric in json.loads((NOTICE / "notice.json").read_text(encoding="utf-8"))["metrics"]:
        sentence = SOURCE.index(metric["quote"])
        start = sentence + metric["quote"].index(metric["value_text"])
        end = start + len(metric["value_text"])
        number = re.search(r"[0-9.]+|[十一二三四五六七八九]+", metric["value_text"])
        assert number
        clause = max(SOURCE.rfind(mark, 0, start) for mark in ",。;:、\n“") + 1
        until = min(place for mark in ",。;、\n”" if (place := SOURCE.find(mark, end)) > 0)
        for name, ends in (("sentence", (sentence, sentence + len(metric["quote"]))), ("clause", (clause, until))):
            figure = Figure(start, end, number[0], start + number.start(), metric["unit"] or "", ends)
            yield pytest.param(figure, id=f"{metric['id']}-{name}")


def spell(number: str) -> str:
    """Spell a number below 10,000 in Chinese numerals: 424 is 四百二十四, 9.37 is 九点三七."""
    whole, _, fraction = number.partition(".")
    spelled = ""
    for digit, place in zip(whole.zfill(4), ["千", "百", "十", ""], strict=True):
        spelled += DIGITS[int(digit)] + (place if digit != "0" else "")
    spelled = re.sub("零+", "零", spelled).strip("零") or "零"
    spelled = re.sub("^一十", "十", spelled)
    return spelled + ("点" + "".join(DIGITS[int(digit)] for digit in fraction) if fraction else "")


def wrong_numbers(number: str) -> list[str]:
    """The number with each digit changed, one more, one less, and ten times as much, in the same script."""
    if number[0] not in "0123456789":
        value = int(parse_numeral(number) or 0)
        return [spell(str(other)) for other in (value + 1, value - 1, value * 10) if other > 0]
    digits = [place for place, character in enumerate(number) if character != "."]
    changed = [number[:place] + str((int(number[place]) + 3) % 10) + number[place + 1 :] for place in digits]
    return [*changed, *(str(value) for value in (Decimal(number) + 1, Decimal(number) - 1, Decimal(number) * 10))]


every_figure = pytest.mark.parametrize("figure", list(read_figures()))


def locate(client: TestClient, text: str) -> dict[str, Any]:
    response = client.get("/locate", params={"text": text})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def differences(match: Match) -> list[tuple[str, str]]:
    return [(difference.asked, difference.stands) for difference in match.differences]


@pytest.fixture(scope="module")
def matcher(seed_app: FastAPI) -> QuotationMatcher:
    return quotation_matcher(seed_app.state.repository, "shanghai-putuo-2024")


@pytest.mark.parametrize("name", QUOTES)
def test_every_quote_of_the_data_stands_exactly(client: TestClient, matcher: QuotationMatcher, name: str) -> None:
    for record in everything(client, f"/{name}"):
        if record[QUOTES[name]] is not None:
            match = matcher.match(record[QUOTES[name]])
            assert match.status == "exact"
            assert (record["start"], record["end"]) in match.places


@every_figure
def test_a_true_clause_is_exact(matcher: QuotationMatcher, figure: Figure) -> None:
    match = matcher.match(SOURCE[slice(*figure.clause)])

    assert match.status == "exact"
    assert figure.clause in match.places


@every_figure
def test_a_wrong_number_is_told_beside_the_printed_figure(matcher: QuotationMatcher, figure: Figure) -> None:
    printed = SOURCE[figure.number_start : figure.end]
    for number in wrong_numbers(figure.number):
        match = matcher.match(figure.with_number(number))

        assert match.status == "near"
        assert differences(match) == [(printed.replace(figure.number, number), printed)]
        assert (match.differences[0].start, match.differences[0].end) == (figure.number_start, figure.end)


@every_figure
def test_a_wrong_unit_is_told_beside_the_printed_figure(matcher: QuotationMatcher, figure: Figure) -> None:
    for unit in UNITS[:: 1 if os.environ.get("PROOF") else 4]:
        text = figure.with_unit(unit)
        if not figure.unit or text in SOURCE:
            continue
        match = matcher.match(text)

        assert match.status == "near"
        (difference,) = match.differences
        assert SOURCE[figure.number_start : figure.end] in difference.stands
        assert difference.asked.startswith(figure.number)
        assert unit in difference.asked
        assert difference.start == figure.number_start


@every_figure
def test_a_number_in_chinese_numerals_or_digits_is_the_same(matcher: QuotationMatcher, figure: Figure) -> None:
    digits = figure.number[0] in "0123456789"
    match = matcher.match(figure.with_number(spell(figure.number) if digits else str(parse_numeral(figure.number))))

    assert match.status == "equivalent"
    assert any(start <= figure.start and figure.end <= end for start, end in match.places)


@every_figure
@pytest.mark.parametrize("characters", ["xy", pytest.param("的的", marks=pytest.mark.proof)])
def test_two_stray_characters_leave_a_clause_near(matcher: QuotationMatcher, figure: Figure, characters: str) -> None:
    text = SOURCE[slice(*figure.clause)]
    number = figure.number_start - figure.clause[0]
    for first, second in ((0, 0), (len(text), len(text)), (0, len(text)), (number, number + len(figure.number))):
        stray = text[:first] + characters[0] + text[first:second] + characters[1] + text[second:]
        match = matcher.match(stray)

        assert match.status == "near"
        ((start, end),) = match.places
        assert start <= figure.start
        assert figure.end <= end


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("40余项", "exact"),
        ("9.37亿元", "exact"),
        ("9项", "absent"),
        ("47条", "absent"),
        ("147条", "exact"),
        ("59", "exact"),
        ("37亿元", "near"),
        ("16人", "near"),
        ("0.71个", "near"),
        ("95.1", "near"),
        ("8条措施", "near"),
        ("十八条措施", "exact"),
        ("18条措施", "equivalent"),
        ("八条措施", "near"),
        ("五十九项", "equivalent"),
        ("五九项", "absent"),
        ("百分之二点三", "equivalent"),
        ("二〇二三年", "equivalent"),
        ("23800平方米", "near"),
        ("３９项", "equivalent"),
        ("R & D", "equivalent"),
        ("r&d", "equivalent"),
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
        ("58项调研成果", "near"),
        ("火星", "absent"),
        ("quick brown fox", "absent"),
        ("\u200b\u200b", "absent"),
        ("。。", "absent"),
    ],
)
def test_words_and_figures_stand_or_do_not(client: TestClient, text: str, status: str) -> None:
    assert locate(client, text)["status"] == status


@pytest.mark.parametrize(
    ("text", "stands", "told"),
    [
        ("组织处理16人", "组织处理16人次", [("16人", "16人次")]),
        ("合作40项", "合作40余项", [("40项", "40余项")]),
        ("完成整改40项", "完成整改39项", [("40项", "39项")]),
        ("新建制度六十九项", "新建制度59项", [("六十九项", "59项")]),
        ("已新建制度58项,修订完善37项", "已新建制度59项,修订完善37项", [("58项", "59项")]),
        ("41个问题", "41项问题", [("41个", "41项")]),
        ("37亿元", "9.37亿元", [("37亿元", "9.37亿元")]),
        ("1、47条", "147条", [("1、47条", "147条")]),
        ("-9.37亿元", "9.37亿元", [("-9.37亿元", "9.37亿元")]),
        ("95. 1%", "95.1%", [("95. 1%", "95.1%")]),
        ("2024-07-27", "2024-07-26", [("27", "26")]),
        ("三公经费支出预算同比上升2.3%", "三公”经费支出预算同比下降2.3%", [("上升", "下降")]),
        ("58项调研成果", "调研成果58项", [("58项", ""), ("", "58项")]),
        ("R&D经费总量9.37亿元", "R&D经费总量较上一年增加9.37亿元", [("", "较上一年增加")]),
        ("完成3次", "3次", [("完成", "")]),
    ],
)
def test_the_nearest_place_is_told_with_what_differs(
    client: TestClient, text: str, stands: str, told: list[tuple[str, str]]
) -> None:
    body = locate(client, text)

    assert body["status"] == "near"
    assert [place["text"] for place in body["places"]] == [stands]
    assert [(difference["asked"], difference["stands"]) for difference in body["differences"]] == told
    for difference in body["differences"]:
        assert SOURCE[difference["start"] : difference["end"]] == difference["stands"]


@pytest.mark.parametrize("invisible", ["\u200b", "\ufeff", "\u00ad", "\u200d", "\u2060", "\u202e", "\ufe0f"])
def test_characters_that_are_not_displayed_count_for_nothing(client: TestClient, invisible: str) -> None:
    assert locate(client, invisible.join("组织处理16人次") + invisible)["status"] == "exact"
    assert locate(client, invisible.join("组织处理17人次"))["differences"] == [
        {"asked": "17人次", "stands": "16人次", "start": SOURCE.index("16人次"), "end": SOURCE.index("16人次") + 4}
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("組織處理16人次", "equivalent"),
        ("組織處理１６人次", "equivalent"),
        ("組織處理17人次", "near"),
        ("形式主義、官僚主義問題", "equivalent"),
    ],
)
def test_traditional_characters_find_simplified_ones(client: TestClient, text: str, status: str) -> None:
    assert locate(client, text)["status"] == status


def test_a_character_that_the_source_prints_is_not_simplified() -> None:
    assert QuotationMatcher("王乾任组长。").match("王乾 任组长").status == "equivalent"
    assert QuotationMatcher("王干任组长。").match("王乾 任组长").status == "equivalent"


def test_a_place_comes_with_its_sentence_and_records(client: TestClient) -> None:
    body = locate(client, "9.37亿元")

    (place,) = body["places"]
    assert SOURCE[place["start"] : place["end"]] == place["text"] == "9.37亿元"
    assert SOURCE[place["sentence_start"] : place["sentence_end"]] == place["sentence"]
    assert place["sentence"].startswith("2022年普陀全社会R&D经费总量")
    assert (place["section_id"], place["issue_number"]) == ("s2-1-8", 8)
    assert {"8", "rd-spending-increase", "rd-gdp-share-increase"} <= {
        record["uid"].rpartition("/")[2] for record in place["records"]
    }
    for record in place["records"]:
        assert client.get(record["url"]).status_code == 200


def test_a_quotation_may_run_over_lines(client: TestClient) -> None:
    assert locate(client, SOURCE[60:400])["status"] == "exact"
    assert locate(client, SOURCE[60:400].replace("\u2003", "").replace("\n", " "))["status"] == "equivalent"


def test_a_long_quotation_may_leave_out_a_passage(matcher: QuotationMatcher) -> None:
    match = matcher.match(SOURCE[3000:3700] + SOURCE[3730:4500])

    assert match.status == "near"
    assert [difference.asked for difference in match.differences] == [""]


def test_the_response_says_that_it_checks_words_not_truth(client: TestClient) -> None:
    for text in ("40余项", "４０余项", "火星"):
        body = locate(client, text)
        assert body["statement"].endswith("这里只核对文字，不判断真假。")
        assert body["statement_en"].endswith("This checks words, not truth.")


@pytest.mark.parametrize("text", ["", " ", "\x00", "x" * 1501])
def test_what_cannot_be_located_is_refused(client: TestClient, text: str) -> None:
    assert client.get("/locate", params={"text": text}).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("。", "。\n"),
        lambda text: text.replace("区", "市"),
        lambda text: re.sub("(.{50}).", r"\1x", text),
        lambda text: text[::-1],
        lambda _: "问题" * 750,
        lambda _: "39项" * 500,
        lambda _: "1" * 1500,
    ],
)
def test_1500_characters_take_25_milliseconds(matcher: QuotationMatcher, change: Callable[[str], str]) -> None:
    for start in (0, 3000, 9000):
        text = change(SOURCE[start : start + 1500])[:1500]
        taken = []
        for _ in range(5):
            begun = time.process_time()  # what the machine does beside it does not count
            matcher.match(text)
            taken.append(time.process_time() - begun)
        assert min(taken) < 0.025

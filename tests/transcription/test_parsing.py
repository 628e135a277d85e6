"""Numerals, figures, periods and glossary terms are parsed as they are printed; anything ambiguous is rejected."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest

from app.models.metric import Qualifier
from app.transcription.parsing.figures import Figure, bounds, longer_figure, parse_figure
from app.transcription.parsing.numerals import NUMERAL, parse_numeral
from app.transcription.parsing.periods import parse_period
from app.transcription.parsing.terms import find_terms

YI, WAN = 100_000_000, 10_000

FIGURES: list[tuple[str, str, int, str | None, Qualifier]] = [
    ("9.37亿元", "9.37", YI, "元", "exact"),
    ("1.2亿元", "1.2", YI, "元", "exact"),
    ("34万平方米", "34", WAN, "平方米", "exact"),
    ("三百万元", "300", WAN, "元", "exact"),
    ("2.3%", "2.3", 1, "%", "exact"),
    ("0.71个百分点", "0.71", 1, "个百分点", "exact"),
    ("0件", "0", 1, "件", "exact"),
    ("16人次", "16", 1, "人次", "exact"),
    ("十八条", "18", 1, "条", "exact"),
    ("两百零五", "205", 1, None, "exact"),
    ("十", "10", 1, None, "exact"),
    ("40余项", "40", 1, "项", "more_than"),
    ("二十余条", "20", 1, "条", "more_than"),
    ("百余户", "100", 1, "户", "more_than"),
    ("30多件", "30", 1, "件", "more_than"),
    ("3万余元", "3", WAN, "元", "more_than"),
    ("10余万元", "10", WAN, "元", "more_than"),
    ("超过50家", "50", 1, "家", "more_than"),
    ("超50家", "50", 1, "家", "more_than"),
    ("逾50家", "50", 1, "家", "more_than"),
    ("至少一次", "1", 1, "次", "at_least"),
    ("不少于4次", "4", 1, "次", "at_least"),
    ("不低于95%", "95", 1, "%", "at_least"),
    ("200亩以上", "200", 1, "亩", "at_least"),
    ("不到20件", "20", 1, "件", "less_than"),
    ("不足5%", "5", 1, "%", "less_than"),
    ("至多3次", "3", 1, "次", "at_most"),
    ("不超过5次", "5", 1, "次", "at_most"),
    ("10%以下", "10", 1, "%", "at_most"),
    ("10人以内", "10", 1, "人", "at_most"),
    ("约18公里", "18", 1, "公里", "about"),
    ("大约18公里", "18", 1, "公里", "about"),
    ("近百", "100", 1, None, "about"),
    ("近3000户", "3000", 1, "户", "about"),
    ("10个左右", "10", 1, "个", "about"),
    ("２８个", "28", 1, "个", "exact"),
    ("98.5％", "98.5", 1, "％", "exact"),
    ("９８．５％", "98.5", 1, "％", "exact"),
    ("1,234元", "1234", 1, "元", "exact"),
    ("3,600.5万元", "3600.5", WAN, "元", "exact"),
    ("１２，３４５人", "12345", 1, "人", "exact"),
    ("百分之九十", "90", 1, "百分之", "exact"),
    ("百分之九十五点六", "95.6", 1, "百分之", "exact"),
    ("近百分之九十", "90", 1, "百分之", "about"),
    ("千分之三", "3", 1, "千分之", "exact"),
    ("三分之二", "0.666666666666667", 1, "分之", "exact"),
    ("四分之三", "0.75", 1, "分之", "exact"),
    ("三分之二以上", "0.666666666666667", 1, "分之", "at_least"),
    ("近万人", "1", WAN, "人", "about"),
    ("万余人", "1", WAN, "人", "more_than"),
    ("数十人", "10", 1, "人", "more_than"),
    ("数十", "10", 1, None, "more_than"),
    ("几百户", "100", 1, "户", "more_than"),
    ("数万名", "1", WAN, "名", "more_than"),
    ("十几个", "10", 1, "个", "more_than"),
    ("上百个", "100", 1, "个", "at_least"),
    ("上万人次", "1", WAN, "人次", "at_least"),
    ("过百家", "100", 1, "家", "more_than"),
    ("2次以上", "2", 1, "次", "at_least"),
    ("6万5千元", "65000", 1, "元", "exact"),
    ("1亿2000万元", "120000000", 1, "元", "exact"),
    ("三万五千", "35000", 1, None, "exact"),
    ("约6万5千元", "65000", 1, "元", "about"),
]

RANGES: list[tuple[str, str, int, str | None, str]] = [
    ("3-5名", "3", 1, "名", "5"),
    ("3—5名", "3", 1, "名", "5"),
    ("３～５名", "3", 1, "名", "5"),
    ("三至五名", "3", 1, "名", "5"),
    ("3名至5名", "3", 1, "名", "5"),
    ("3-5万元", "3", WAN, "元", "5"),
    ("3万元至5万元", "3", WAN, "元", "5"),
]

NO_FIGURE = {
    "nothing": "",
    "a_blank": " ",
    "a_unit_alone": "项",
    "a_qualifier_alone": "不到",
    "many": "多次",
    "three_or_four": "三四",
    "a_range_that_falls": "5-3次",
    "a_range_of_two_units": "3个至5名",
    "a_bare_ten_thousand": "万人",
    "some": "数人",
    "above_two": "上2个",
    "25000_or_20005": "两万五",
    "a_part_of_nothing": "零分之二",
    "a_year_in_words": "二〇二三",
    "two_figures": "2个行动方案和43项",
    "a_comma_among_two": "12,34元",
    "a_comma_among_four": "1,2345元",
    "two_points": "12.5.3",
    "no_whole_part": ".5",
    "a_sign": "-3次",
    "a_verb_before": "增加9.37亿元",
    "about_and_more_than": "约40余项",
    "nearly_and_at_least": "近30%以上",
    "more_than_twice_over": "10余万余元",
}

CUT: list[tuple[str, str, str, str | None]] = [
    ("培训", "5名", "骨干", None),
    ("培训3-", "5名", "骨干", "3-5名"),
    ("完成率达百分之", "九十", "。", "百分之九十"),
    ("其中三分之", "二", "已完成", "三分之二"),
    ("退回", "6万", "5千元", "6万5千元"),
    ("抽查数", "十人", "。", "数十人"),
    ("抽查人数", "十人", "。", None),
    ("线上", "百人", "参加", None),
]

NUMERALS = [
    ("完成２８个，占98.5％", ["２８", "98.5"]),
    ("涉及3,600.5万元", ["3,600.5万"]),
    ("完成12项,100人参加", ["12", "100"]),
    ("合计１２，３４５人", ["１２，３４５"]),
    ("约6万5千元", ["6万", "5", "千"]),
    ("百分之九十", ["百", "九十"]),
    ("数十人，近万人", ["十", "万"]),
    ("2023,100户", ["2023", "100"]),
]

NUMBERS = {
    "9.37": "9.37",
    "0": "0",
    "零": "0",
    "424": "424",
    "半": "0.5",
    "两": "2",
    "十": "10",
    "十八": "18",
    "二十": "20",
    "四十三": "43",
    "百": "100",
    "一百零五": "105",
    "一百一十": "110",
    "两百零五": "205",
    "一千零五十": "1050",
    "三千二百一十": "3210",
    "１２": "12",
    "3,600.5": "3600.5",
    "九点五": "9.5",
}

NO_NUMBER = {
    "nothing": "",
    "a_pair": "双",
    "a_fold": "倍",
    "a_word": "项",
    "ten_thousands": "3万",
    "three_or_four": "三四",
    "a_year": "二〇二三",
    "one_half": "一半",
    "a_roman_numeral": "Ⅲ",
    "ten_hundred": "十百",
    "ten_ten": "十十",
    "fifty_sixty": "五十六十",
    "a_hundred_and_fifty_read_as_105": "一百五",
    "two_thousand_five_hundred_read_as_2005": "两千五",
}

BOUNDS: list[tuple[str, Qualifier, str | None, str | None]] = [
    ("41", "exact", "41", "41"),
    ("40", "more_than", "40", None),
    ("1", "at_least", "1", None),
    ("20", "less_than", None, "20"),
    ("5", "at_most", None, "5"),
    ("100", "about", None, None),
    ("0", "exact", "0", "0"),
    ("-2.3", "exact", "-2.3", "-2.3"),
    ("-30", "more_than", None, "-30"),
    ("-30", "at_least", None, "-30"),
    ("-30", "less_than", "-30", None),
    ("-30", "at_most", "-30", None),
    ("-30", "about", None, None),
]

PERIODS = {
    "a_year": ("2023年", date(2023, 1, 1), date(2023, 12, 31)),
    "a_month": ("2023年3月", date(2023, 3, 1), date(2023, 3, 31)),
    "a_leap_february": ("2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
    "a_december": ("2023年12月", date(2023, 12, 1), date(2023, 12, 31)),
    "a_day": ("2023年3月28日", date(2023, 3, 28), date(2023, 3, 28)),
    "the_end_of_a_month": ("截至2025年2月底", date(2025, 2, 1), date(2025, 2, 28)),
    "two_years_and_a_dash": ("2020-2023年", date(2020, 1, 1), date(2023, 12, 31)),
    "year_to_year": ("2021年至2023年", date(2021, 1, 1), date(2023, 12, 31)),
    "day_to_day": ("2023年3月28日至2023年6月16日", date(2023, 3, 28), date(2023, 6, 16)),
    "day_to_day_of_one_year": ("2023年3月28日至6月16日", date(2023, 3, 28), date(2023, 6, 16)),
    "month_to_month": ("2023年3月至2024年2月", date(2023, 3, 1), date(2024, 2, 29)),
    "month_to_month_of_one_year": ("2023年1月至6月", date(2023, 1, 1), date(2023, 6, 30)),
    "months_and_a_dash": ("2023年1—6月", date(2023, 1, 1), date(2023, 6, 30)),
}

PARTS_OF_A_YEAR = {"a_half": "2023年上半年", "a_quarter": "2023年第一季度", "its_beginning": "2023年初"}

NO_PERIOD = {
    "nothing": "",
    "the_whole_year": "全年",
    "every_year": "每年",
    "so_far": "截至目前",
    "since_the_inspection": "巡视以来",
    "a_month_of_no_year": "12月",
    "a_day_that_never_was": "2023年2月30日",
    "a_month_that_never_was": "2023年13月",
}


@pytest.mark.parametrize(("printed", "value", "multiplier", "unit", "qualifier"), FIGURES)
def test_a_figure_is_parsed(printed: str, value: str, multiplier: int, unit: str | None, qualifier: Qualifier) -> None:
    assert parse_figure(printed) == Figure(Decimal(value), multiplier, unit, qualifier)


@pytest.mark.parametrize(("printed", "value", "multiplier", "unit", "upper"), RANGES)
def test_a_range_has_two_ends(printed: str, value: str, multiplier: int, unit: str | None, upper: str) -> None:
    assert parse_figure(printed) == Figure(Decimal(value), multiplier, unit, "between", Decimal(upper))


@pytest.mark.parametrize(("before", "printed", "after", "longer"), CUT)
def test_a_figure_that_is_cut_short_is_told(before: str, printed: str, after: str, longer: str | None) -> None:
    assert longer_figure(before, printed, after, {"名", "元", "人", "%", "百分之", "分之"}) == longer


@pytest.mark.parametrize(("text", "numerals"), NUMERALS)
def test_every_number_of_a_text_is_found(text: str, numerals: list[str]) -> None:
    assert NUMERAL.findall(text) == numerals


def test_a_range_is_bounded_on_both_sides() -> None:
    assert bounds(Decimal(3), "between", Decimal(5)) == (Decimal(3), Decimal(5))
    assert bounds(Decimal(-3), "between", Decimal(-5)) == (Decimal(-5), Decimal(-3))


@pytest.mark.parametrize("printed", NO_FIGURE.values(), ids=NO_FIGURE)
def test_what_is_not_one_figure_is_rejected(printed: str) -> None:
    assert parse_figure(printed) is None


@pytest.mark.parametrize(("numeral", "number"), NUMBERS.items(), ids=NUMBERS)
def test_a_numeral_denotes_its_number(numeral: str, number: str) -> None:
    assert parse_numeral(numeral) == Decimal(number)


@pytest.mark.parametrize("numeral", NO_NUMBER.values(), ids=NO_NUMBER)
def test_what_is_no_single_number_denotes_none(numeral: str) -> None:
    assert parse_numeral(numeral) is None


@pytest.mark.parametrize(("value", "qualifier", "lower", "upper"), BOUNDS)
def test_a_qualifier_bounds_a_number(value: str, qualifier: Qualifier, lower: str | None, upper: str | None) -> None:
    assert bounds(Decimal(value), qualifier) == (lower and Decimal(lower), upper and Decimal(upper))


@pytest.mark.parametrize(("words", "first", "last"), PERIODS.values(), ids=PERIODS)
def test_a_period_runs_from_its_first_stated_day_to_its_last(words: str, first: date, last: date) -> None:
    assert parse_period(words) == (first, last)


@pytest.mark.parametrize("words", PARTS_OF_A_YEAR.values(), ids=PARTS_OF_A_YEAR)
def test_a_part_of_a_year_is_not_the_whole_year(words: str) -> None:
    assert parse_period(words) != (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize("words", NO_PERIOD.values(), ids=NO_PERIOD)
def test_words_without_a_date_state_no_day(words: str) -> None:
    assert parse_period(words) == (None, None)


@dataclass
class Entry:
    """The part of a glossary entry that is searched for."""

    term: str
    forms: list[str] = field(default_factory=list)
    not_in: list[str] = field(default_factory=list)


def found(text: str, *entries: Entry) -> list[tuple[str, str]]:
    return [(text[start:end], entry.term) for start, end, entry in find_terms(text, entries)]


def test_the_leftmost_longest_term_is_found() -> None:
    entries = Entry("巡察"), Entry("区委巡察办"), Entry("区委", ["中共区委"])

    assert found("中共区委和区委巡察办、巡察组", *entries) == [
        ("中共区委", "区委"),
        ("区委巡察办", "区委巡察办"),
        ("巡察", "巡察"),
    ]


def test_a_longer_word_that_only_holds_its_characters_hides_a_term() -> None:
    assert found("重大项目,三公里,三公经费", Entry("三公", [], ["三公里"])) == [("三公", "三公")]


@pytest.mark.parametrize("text", ["912345热线", "x12345热线"])
def test_a_number_is_found_whole_only(text: str) -> None:
    assert found(text, Entry("12345热线")) == []
    assert found(f"热线{text[1:]}", Entry("12345热线")) == [("12345热线", "12345热线")]


@pytest.mark.parametrize("sign", [".", "+", "(", "[", "\\", "|", "*", "^"])
def test_signs_in_a_term_mean_themselves(sign: str) -> None:
    assert found(f"3{sign}5和3x5", Entry(f"3{sign}5")) == [(f"3{sign}5", f"3{sign}5")]


def test_nothing_is_found_where_there_is_nothing_to_find() -> None:
    assert found("整改") == found("", Entry("整改")) == []

"""Printed figures parsed into number, multiplier, unit and qualifier: 40余项 is more than 40, in 项."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Context, Decimal

from app.models.decimal import MOST_DIGITS
from app.models.metric import Qualifier
from app.transcription.parsing.numerals import DIGIT, MULTIPLIERS, NUMBER, parse_numeral

_BEFORE: dict[str, Qualifier] = {
    "至少": "at_least", "不少于": "at_least", "不低于": "at_least", "不到": "less_than", "不足": "less_than",
    "至多": "at_most", "不超过": "at_most", "不高于": "at_most", "超过": "more_than", "超": "more_than",
    "逾": "more_than", "约": "about", "近": "about", "大约": "about", "将近": "about", "接近": "about",
}  # fmt: skip
# Words that qualify only a round number: 上百个, 过百, 数十人.
_BEFORE_ROUND: dict[str, Qualifier] = {"上": "at_least", "过": "more_than", "数": "more_than", "几": "more_than"}
_AFTER: dict[str, Qualifier] = {"余": "more_than", "多": "more_than", "几": "more_than"}
_LAST: dict[str, Qualifier] = {
    "以上": "at_least", "及以上": "at_least", "以下": "at_most", "及以下": "at_most", "以内": "at_most",
    "左右": "about", "上下": "about",
}  # fmt: skip
_QUALIFIERS = {
    "before": _BEFORE, "round": _BEFORE_ROUND, "inner": _AFTER, "after": _AFTER, "last": _LAST,
}  # fmt: skip


def _any_of(words: dict[str, Qualifier]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_CHINESE = "[〇零一二三四五六七八九十百千两半]+(?:点[〇零一二三四五六七八九]+)?"
_NUMBER = f"(?:{NUMBER}|{_CHINESE})"
_UNIT = rf"(?P<unit>(?![〇零一二三四五六七八九十百千万亿两半]|分之)(?:(?!{DIGIT}).)*?)"
_HEAD, _TAIL = rf"(?P<before>{_any_of(_BEFORE)})?", rf"(?P<last>{_any_of(_LAST)})?"
_PLAIN = re.compile(
    rf"(?:(?P<round>{_any_of(_BEFORE_ROUND)})(?=[十百千万亿半])|{_HEAD})"
    rf"(?P<number>{_NUMBER})?(?P<inner>{_any_of(_AFTER)})?(?P<scale>[万亿])?(?P<after>{_any_of(_AFTER)})?"
    rf"{_UNIT}{_TAIL}"
)
# 百分之九十, 三分之二.
_PART = re.compile(
    rf"{_HEAD}(?P<whole>{_CHINESE})(?P<unit>分之)(?P<number>{_NUMBER})(?P<inner>{_any_of(_AFTER)})?{_TAIL}"
)
# 3-5名, 三至五名, 3个至5个.
_RANGE = re.compile(
    rf"(?P<first>{_NUMBER})(?P<same>(?:(?!{DIGIT}).)*?)[-—–~\uff5e\uff0d至到](?P<number>{_NUMBER})(?P<scale>[万亿])?{_UNIT}"
)
# 6万5千元, 1亿2000万元, 三万五千.
_SUM = re.compile(
    rf"{_HEAD}(?:(?P<hundred_millions>{_NUMBER})亿)?(?:(?P<ten_thousands>{_NUMBER})万)?"
    rf"(?:(?P<thousands>{DIGIT}+)千)?(?:(?P<hundreds>{DIGIT}+)百)?(?P<ones>{NUMBER}|零?{_CHINESE})?"
    rf"(?P<after>{_any_of(_AFTER)})?{_UNIT}{_TAIL}"
)
_PLACES = {"hundred_millions": 10**8, "ten_thousands": 10**4, "thousands": 1000, "hundreds": 100, "ones": 1}
# 百分之 and 千分之 are units of their own, which stand in front.
_PARTS_NAMED = {"百": "百分之", "千": "千分之"}


@dataclass(frozen=True)
class Figure:
    """A figure as printed, without a sign: whether it rises or falls is stated elsewhere in the sentence.

    `upper` is the second number of a range (3-5名), of which `value` is the first.
    """

    value: Decimal
    multiplier: int
    unit: str | None
    qualifier: Qualifier
    upper: Decimal | None = None


def parse_figure(text: str) -> Figure | None:
    """Parse a printed figure; return None if the text is not exactly one figure with at most one qualifier.

    A fraction that no decimal equals is rounded to 15 digits: 三分之二 is 0.666666666666667.
    """
    for pattern, parse in ((_PART, _parse_part), (_RANGE, _parse_range), (_PLAIN, _parse_plain), (_SUM, _parse_sum)):
        match = pattern.fullmatch(text)
        if match and (figure := parse(match)):
            return figure
    return None


def _parse_plain(match: re.Match[str]) -> Figure | None:
    qualifier, number, scale = _qualifier(match), match["number"], match["scale"]
    # A bare 万 is a figure only with a qualifier: 近万人, 数万人.
    is_bare = not number and bool(scale) and qualifier != "exact"
    value = Decimal(1) if is_bare else parse_numeral(number or "")
    if value is None or qualifier is None:
        return None
    return Figure(value, MULTIPLIERS.get(scale, 1), match["unit"] or None, qualifier)


def _parse_part(match: re.Match[str]) -> Figure | None:
    whole, number, qualifier = parse_numeral(match["whole"]), parse_numeral(match["number"]), _qualifier(match)
    if not whole or number is None or qualifier is None:
        return None
    if unit := _PARTS_NAMED.get(match["whole"]):
        return Figure(number, 1, unit, qualifier)
    return Figure(Context(prec=MOST_DIGITS).divide(number, whole), 1, match["unit"], qualifier)


def _parse_range(match: re.Match[str]) -> Figure | None:
    first, second, unit = parse_numeral(match["first"]), parse_numeral(match["number"]), match["unit"]
    scale = match["scale"] or ""
    if first is None or second is None or first >= second or match["same"] not in ("", scale, unit, scale + unit):
        return None
    return Figure(first, MULTIPLIERS.get(scale, 1), unit or None, "between", second)


def _parse_sum(match: re.Match[str]) -> Figure | None:
    printed = {name: match[name] for name in _PLACES if match[name]}
    numbers = {name: parse_numeral(number.removeprefix("零") or number) for name, number in printed.items()}
    qualifier = _qualifier(match)
    # 两万五 may be 25,000 or, in a list, 20,005: what is said after a scale needs a place of its own.
    is_open = "ones" in printed and re.fullmatch("[一二三四五六七八九两]", printed["ones"])
    if len(printed) < 2 or is_open or qualifier is None or None in numbers.values():
        return None
    total = sum((number or Decimal(0)) * _PLACES[name] for name, number in numbers.items())
    return Figure(Decimal(total), 1, match["unit"] or None, qualifier)


def _qualifier(match: re.Match[str]) -> Qualifier | None:
    """Return the qualifier of a figure; None if it has several."""
    groups = match.groupdict()
    found = [table[groups[name]] for name, table in _QUALIFIERS.items() if groups.get(name)]
    return None if len(found) > 1 else found[0] if found else "exact"


# In 签约5家, 最近3次, 赶超2个, 线上百人 and 人数十人 the character before the number is part of a word, no qualifier.
_WORD_BEFORE = re.compile(
    "[签节履违预邀公条合契特]约$|[最附临邻靠新]近$|[赶反]超$|[线网以路会]上$|[人次总件户]数$|[通经]过$"
)


def longer_figure(before: str, printed: str, after: str, units: Collection[str]) -> str | None:
    """Return the longer figure of which `printed` is only a part, if any.

    `before` and `after` are the words of the sentence on both sides; `units` are all known printed units.
    """
    figure = parse_figure(printed)
    if figure is None:
        return None
    sizes = range(max(map(len, [*_BEFORE, *_LAST, *units])) + 1, 0, -1)
    # Where there are fewer words than that, all of them are tried once.
    fronts = {} if _WORD_BEFORE.search(before) else dict.fromkeys(before[-size:] for size in sizes)
    # 百分之 is a unit that stands in front.
    in_front = {figure.unit, *(units if figure.unit is None else ())}
    front = next((front for front in fronts if _has_unit(front + printed, in_front)), "")
    backs = dict.fromkeys(after[:size] for size in sizes)
    back = next((back for back in backs if _has_unit(printed + back, {figure.unit, *units})), "")
    return front + printed + back if front or back else None


def _has_unit(text: str, units: set[str | None]) -> bool:
    figure = parse_figure(text)
    return figure is not None and figure.unit in units


def bounds(value: Decimal, qualifier: Qualifier, upper: Decimal | None = None) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest number that the qualifier allows; None where unbounded.

    `upper` is the second number of a range, with the sign of the first. The bounds of negative numbers are exchanged: a
    fall of more than 2 lies below -2.
    """
    if qualifier == "exact":
        return value, value
    if qualifier == "between" and upper is not None:
        return min(value, upper), max(value, upper)
    low = qualifier in ("more_than", "at_least")
    high = qualifier in ("less_than", "at_most")
    if value < 0:
        low, high = high, low
    return (value if low else None), (value if high else None)

"""Printed figures parsed into number, multiplier, unit and qualifier: 40余项 is more than 40, in 项."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from app.models.metric import Qualifier
from app.transcription.parsing.numerals import MULTIPLIERS, parse_numeral

_BEFORE: dict[str, Qualifier] = {
    "至少": "at_least", "不少于": "at_least", "不低于": "at_least", "不到": "less_than", "不足": "less_than",
    "至多": "at_most", "不超过": "at_most", "超过": "more_than", "超": "more_than", "逾": "more_than",
    "约": "about", "近": "about", "大约": "about",
}  # fmt: skip
_AFTER: dict[str, Qualifier] = {"余": "more_than", "多": "more_than"}
_LAST: dict[str, Qualifier] = {"以上": "at_least", "以下": "at_most", "以内": "at_most", "左右": "about"}
_QUALIFIERS = {"before": _BEFORE, "inner": _AFTER, "after": _AFTER, "last": _LAST}


def _any_of(words: dict[str, Qualifier]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_FIGURE = re.compile(
    rf"(?P<before>{_any_of(_BEFORE)})?"
    r"(?P<number>[0-9]+(?:\.[0-9]+)?|[〇零一二三四五六七八九十百千两半]+)"
    rf"(?P<inner>{_any_of(_AFTER)})?(?P<scale>[万亿])?(?P<after>{_any_of(_AFTER)})?"
    rf"(?P<unit>[^0-9]*?)(?P<last>{_any_of(_LAST)})?"
)


@dataclass(frozen=True)
class Figure:
    """A figure as printed, without a sign: whether it rises or falls is stated elsewhere in the sentence."""

    value: Decimal
    multiplier: int
    unit: str | None
    qualifier: Qualifier


def parse_figure(text: str) -> Figure | None:
    """Parse a printed figure; return None if the text is not exactly one figure with at most one qualifier."""
    match = _FIGURE.fullmatch(text)
    value = parse_numeral(match["number"]) if match else None
    if match is None or value is None:
        return None
    qualifiers = [table[match[name]] for name, table in _QUALIFIERS.items() if match[name]]
    if len(qualifiers) > 1:
        return None
    qualifier = qualifiers[0] if qualifiers else "exact"
    return Figure(value, MULTIPLIERS.get(match["scale"], 1), match["unit"] or None, qualifier)


# In 签约5家, 最近3次 and 赶超2个 the character before the number is part of a word, not a qualifier.
_WORD_BEFORE = re.compile("[签节履违预邀公条合契特]约$|[最附临邻靠新]近$|[赶反]超$")


def longer_figure(before: str, printed: str, after: str, units: Collection[str]) -> str | None:
    """Return the longer figure of which `printed` is only a part, if any.

    `before` and `after` are the words of the sentence on both sides; `units` are all known printed units.
    """
    figure = parse_figure(printed)
    if figure is None:
        return None
    sizes = range(max(map(len, [*_BEFORE, *_LAST, *units])) + 1, 0, -1)
    fronts = [] if _WORD_BEFORE.search(before) else [before[-size:] for size in sizes]
    front = next((front for front in fronts if _has_unit(front + printed, {figure.unit})), "")
    backs = [after[:size] for size in sizes]
    back = next((back for back in backs if _has_unit(printed + back, {figure.unit, *units})), "")
    return front + printed + back if front or back else None


def _has_unit(text: str, units: set[str | None]) -> bool:
    figure = parse_figure(text)
    return figure is not None and figure.unit in units


def bounds(value: Decimal, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest number that the qualifier allows; None where unbounded.

    The bounds of a negative number are exchanged: a fall of more than 2 lies below -2.
    """
    if qualifier == "exact":
        return value, value
    low = qualifier in ("more_than", "at_least")
    high = qualifier in ("less_than", "at_most")
    if value < 0:
        low, high = high, low
    return (value if low else None), (value if high else None)

"""A printed figure taken apart: 40余项 is the number 40, more than, in 项."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from app.models.metric import Qualifier
from app.transcription.parsing.numerals import MULTIPLIERS, worth

_BEFORE: dict[str, Qualifier] = {
    "至少": "at_least", "不少于": "at_least", "不低于": "at_least", "不到": "less_than", "不足": "less_than",
    "至多": "at_most", "不超过": "at_most", "超过": "more_than", "超": "more_than", "逾": "more_than",
    "约": "about", "近": "about", "大约": "about",
}  # fmt: skip
_AFTER: dict[str, Qualifier] = {"余": "more_than", "多": "more_than"}
_LAST: dict[str, Qualifier] = {"以上": "at_least", "以下": "at_most", "以内": "at_most", "左右": "about"}
_QUALIFIERS = {"before": _BEFORE, "inner": _AFTER, "after": _AFTER, "last": _LAST}


def _any(words: dict[str, Qualifier]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_FIGURE = re.compile(
    rf"(?P<before>{_any(_BEFORE)})?"
    r"(?P<number>[0-9]+(?:\.[0-9]+)?|[〇零一二三四五六七八九十百千两半]+)"
    rf"(?P<inner>{_any(_AFTER)})?(?P<scale>[万亿])?(?P<after>{_any(_AFTER)})?"
    rf"(?P<unit>[^0-9]*?)(?P<last>{_any(_LAST)})?"
)


@dataclass(frozen=True)
class Figure:
    """A figure as its words alone tell it; the sign and the meaning come from the sentence."""

    value: Decimal
    multiplier: int
    unit: str | None
    qualifier: Qualifier

    @property
    def normalized(self) -> Decimal:
        return self.value * self.multiplier


def parse(text: str) -> Figure | None:
    """Take a printed figure apart; None where the words are not one figure with at most one qualifier."""
    match = _FIGURE.fullmatch(text)
    value = worth(match["number"]) if match else None
    if match is None or value is None:
        return None
    said = [table[match[name]] for name, table in _QUALIFIERS.items() if match[name]]
    if len(said) > 1:
        return None
    return Figure(value, MULTIPLIERS.get(match["scale"], 1), match["unit"] or None, said[0] if said else "exact")


# In 签约5家, 最近3次 and 赶超2个 the last character is part of a word, and no qualifier.
_PART_OF_A_WORD = re.compile("[签节履违预邀公条合契特]约$|[最附临邻靠新]近$|[赶反]超$")


def longer(before: str, printed: str, behind: str, units: Collection[str]) -> str | None:
    """The longer figure that `printed` is cut out of, if any, given the words on both sides and the known units."""
    figure = parse(printed)
    if figure is None:
        return None
    sizes = range(max(map(len, [*_BEFORE, *_LAST, *units])) + 1, 0, -1)
    fronts = [] if _PART_OF_A_WORD.search(before) else [before[-size:] for size in sizes]
    front = next((front for front in fronts if _has_unit(front + printed, {figure.unit})), "")
    backs = [behind[:size] for size in sizes]
    back = next((back for back in backs if _has_unit(printed + back, {figure.unit, *units})), "")
    return front + printed + back if front or back else None


def _has_unit(text: str, units: set[str | None]) -> bool:
    figure = parse(text)
    return figure is not None and figure.unit in units


def bounds(value: Decimal, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest number that the words allow, None where unknown. A fall of more than 2 lies below -2."""
    if qualifier == "exact":
        return value, value
    low = qualifier in ("more_than", "at_least")
    high = qualifier in ("less_than", "at_most")
    if value < 0:
        low, high = high, low
    return (value if low else None), (value if high else None)

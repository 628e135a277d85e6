"""A printed figure taken apart: 40余项 is the number 40, more than, in 项."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from app.models.metric import Qualifier
from app.transcription.numerals import MULTIPLIERS, worth

_BEFORE: dict[str, Qualifier] = {
    "至少": "at_least", "不少于": "at_least", "不低于": "at_least", "不到": "less_than", "不足": "less_than",
    "至多": "at_most", "不超过": "at_most", "超过": "more_than", "超": "more_than", "逾": "more_than",
    "约": "about", "近": "about", "大约": "about",
}  # fmt: skip
_AFTER: dict[str, Qualifier] = {"余": "more_than", "多": "more_than"}
_LAST: dict[str, Qualifier] = {"以上": "at_least", "以下": "at_most", "以内": "at_most", "左右": "about"}


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


_QUALIFIERS = {"before": _BEFORE, "inner": _AFTER, "after": _AFTER, "last": _LAST}


def bounds(value: Decimal, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest number that the words allow, None where unknown. A fall of more than 2 lies below -2."""
    if qualifier == "exact":
        return value, value
    low = qualifier in ("more_than", "at_least")
    high = qualifier in ("less_than", "at_most")
    if value < 0:
        low, high = high, low
    return (value if low else None), (value if high else None)

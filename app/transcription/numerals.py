"""Every number a text prints: where it stands, and what it is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from app.transcription.source import Source, Span

# Leftmost and longest. Every match in a notice needs an entry in its transcription, so that no figure can be lost.
NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?[万亿]?|[〇零一二三四五六七八九十百千万亿两半双倍]+|[\u2160-\u216b]")

MULTIPLIERS = {"万": 10_000, "亿": 100_000_000}
_DIGITS = {digit: Decimal(value) for value, digit in enumerate("〇一二三四五六七八九")}
_DIGITS.update({"零": Decimal(0), "两": Decimal(2), "半": Decimal("0.5")})
_PLACES: dict[str, int] = {"十": 10, "百": 100, "千": 1000}


def scan(source: Source, within: Span) -> Iterator[Span]:
    """The numerals printed in `within`, in reading order."""
    for match in NUMERAL.finditer(source.text, within.start, within.end):
        yield Span(match.start(), match.end())


def worth(numeral: str) -> Decimal | None:
    """What a numeral without 万 or 亿 is worth: 9.37, 十八 (18), 两百零五 (205); None where it is no number."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", numeral):
        return Decimal(numeral)
    return _chinese(numeral)


def _chinese(numeral: str) -> Decimal | None:
    total = Decimal(0)
    digit: Decimal | None = None
    for character in numeral:
        if character in _DIGITS:
            if digit:
                return None  # 二三 is a range or a year, no single number
            digit = _DIGITS[character]
        elif character in _PLACES:
            total += (Decimal(1) if digit is None else digit) * _PLACES[character]
            digit = None
        else:
            return None
    return total + (digit or 0) if numeral else None

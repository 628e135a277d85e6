"""Numerals in a text: where they are, and the number that each denotes."""

import re
from decimal import Decimal

# Leftmost-longest. Every match in a notice needs an entry in the transcription, so that no figure can be left out.
NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?[万亿]?|[〇零一二三四五六七八九十百千万亿两半双倍]+|[\u2160-\u216b]")

MULTIPLIERS = {"万": 10_000, "亿": 100_000_000}
_ALONE = dict.fromkeys("零〇", Decimal(0)) | {"半": Decimal("0.5")}
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PLACES = {"thousands": 1000, "hundreds": 100, "tens": 10, "ones": 1}
_DIGIT = "[一二两三四五六七八九]"
# Only the first place may omit its digit (十八, 百余). A skipped place needs a zero (一百零五), for 一百五 is 150.
_CHINESE = re.compile(
    rf"(?:(?P<thousands>{_DIGIT}|^)千)?(?:(?P<hundreds>{_DIGIT}|^)百)?"
    rf"(?:(?<=千)[零〇](?=.十))?(?:(?P<tens>{_DIGIT}|^)十)?"
    rf"(?:(?<=[千百])[零〇](?=.$))?(?P<ones>(?:(?<=[零〇十])|^){_DIGIT})?"
)


def parse_numeral(numeral: str) -> Decimal | None:
    """Return the number of a numeral without 万 or 亿: 9.37, 十八 (18), 两百零五 (205); None if it is no number."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", numeral):
        return Decimal(numeral)
    match = _CHINESE.fullmatch(numeral)
    if not numeral or match is None:
        return _ALONE.get(numeral)
    places = {name: digit for name, digit in match.groupdict().items() if digit is not None}
    return Decimal(sum(_PLACES[name] * _DIGITS.get(digit, 1) for name, digit in places.items()))


def parse_year(numeral: str) -> int:
    """Return a year written with digits of either script: 2025, 二〇二五."""
    return int("".join(str(_DIGITS.get(digit, digit)) for digit in numeral))

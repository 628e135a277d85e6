"""Numerals in a text: where they are, and the number that each denotes."""

import re
import unicodedata
from decimal import Decimal

# Digits of both widths. Groups of three (3,600.5) are one number; full-width commas group full-width digits alone.
DIGIT = "[0-9\uff10-\uff19]"
_GROUPS = "[0-9]{1,3}(?:,[0-9]{3})+|[\uff10-\uff19]{1,3}(?:[,\uff0c][\uff10-\uff19]{3})+"
NUMBER = rf"(?:(?<!{DIGIT})(?:{_GROUPS})(?!{DIGIT})|{DIGIT}+)(?:[.\uff0e]{DIGIT}+)?"
# Leftmost-longest. Every match in a notice needs an entry in the transcription, so that no figure can be left out.
NUMERAL = re.compile(rf"{NUMBER}[万亿]?|[〇零一二三四五六七八九十百千万亿两半双倍]+|[\u2160-\u216b]")

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
    """Return the number of a numeral without 万 or 亿: 9.37, 3,600, 十八 (18), 两百零五 (205), 九点五 (9.5).

    None if it is no number.
    """
    if re.fullmatch(NUMBER, numeral):
        return Decimal(unicodedata.normalize("NFKC", numeral).replace(",", ""))
    whole, point, tenths = numeral.partition("点")
    if point:
        units = parse_numeral(whole)
        digits = "".join(str(_DIGITS.get(digit, "x")) for digit in tenths)
        return Decimal(f"{units}.{digits}") if units is not None and digits.isdigit() else None
    match = _CHINESE.fullmatch(numeral)
    if not numeral or match is None:
        return _ALONE.get(numeral)
    places = {name: digit for name, digit in match.groupdict().items() if digit is not None}
    return Decimal(sum(_PLACES[name] * _DIGITS.get(digit, 1) for name, digit in places.items()))


def parse_year(numeral: str) -> int:
    """Return a year written with digits of either script: 2025, 二〇二五."""
    return int("".join(str(_DIGITS.get(digit, digit)) for digit in unicodedata.normalize("NFKC", numeral)))

"""Tokens of Chinese text: a figure with its unit is one, a Latin word is one, and so is any other character.

Numbers have the same key in digits and in Chinese numerals; blanks and punctuation are no part of any token.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from app.queries.normalization import fold_characters
from app.transcription.parsing.numerals import NUMERAL, parse_numeral

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_DATE_MARKS = "年月日"
_YEAR = 4  # digits
_PERCENT = "百分之"
# Around each number of the comparable text, so that no number is found within a longer one.
_OPEN, _CLOSE = "\ue000", "\ue001"
_SYMBOLS = "%‰&+"  # punctuation to Unicode, but they tell figures and names apart


class Token(NamedTuple):
    """A token's key, which equal tokens share, and the range that it takes in the text."""

    key: str
    start: int
    end: int


class Figure(NamedTuple):
    """A number with its unit, which may be empty; `number_end` is where the number alone ends in the text."""

    number: str
    unit: str
    start: int
    number_end: int
    end: int

    @property
    def kind(self) -> str:
        """The unit, or the sign that takes its place: 2.3% counts per cent. Empty if it is a mere number."""
        return self.unit or self.number.lstrip("-0123456789.")

    def similarity(self, other: "Figure") -> float:
        """Return how similar a figure is to one with the same number; a single digit with another unit says nothing."""
        numbers = {figure.number.rstrip("余多") for figure in (self, other)}
        if len(numbers) > 1 or bool(self.unit) > bool(other.unit):
            return 0
        shorter, longer = sorted((self.unit, other.unit), key=len)
        return 1 if longer.startswith(shorter) else 0.9 * (len(self.number) > 1)


class TokenizedText:
    """The tokens of a text, and the text in comparable form with the range that each of its characters comes from.

    `units` are the words that are known to follow numbers as units.
    """

    def __init__(self, text: str, units: Collection[str] = ()) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.figures: dict[int, Figure] = {}  # by the index of the token
        self.comparable = ""
        self.ranges: list[tuple[int, int]] = []
        self._read(units)
        self.keys = [token.key for token in self.tokens]
        self._ordered = list(self.figures.values())
        self._ends = [figure.end for figure in self._ordered]

    def _read(self, units: Collection[str]) -> None:
        pieces = list(fold_characters(self.text))
        folded, origin = "".join(piece for piece, _ in pieces), [place for _, place in pieces]
        comparable = []
        for match in _token_pattern((*units, *_DATE_MARKS)).finditer(folded):
            start, end = origin[match.start()], origin[match.end() - 1] + 1
            if match["number"]:
                number, unit = canonical_number(match["number"]), match["unit"] or ""
                number_end = origin[match.end("number") - 1] + 1
                self.figures[len(self.tokens)] = Figure(number, unit, start, number_end, end)
                self.tokens.append(Token(number + unit, start, end))
                comparable += [(mark, start, number_end) for mark in f"{_OPEN}{number}{_CLOSE}"]
                tail = range(match.end() - len(unit), match.end())
            elif match["word"] or _is_significant(match[0]):
                self.tokens.append(Token(match[0], start, end))
                tail = range(*match.span())
            else:
                continue
            comparable += [(folded[place], origin[place], origin[place] + 1) for place in tail]
        self.comparable = "".join(character for character, _, _ in comparable)
        self.ranges = [(start, end) for _, start, end in comparable]

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a range cuts no figure: 9项 is no part of 39项, nor 16人 of 16人次. A number may lack its unit."""
        for figure in self._ordered[bisect_left(self._ends, start) :]:
            if figure.start >= end:
                return True
            if any(figure.start < edge < figure.number_end for edge in (start, end)):
                return False
            if start <= figure.start and figure.number_end < end < figure.end:
                return False
        return True

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the range in the text of tokens; an empty one lies behind the token before."""
        if first < last:
            return self.tokens[first].start, self.tokens[last - 1].end
        place = self.tokens[first - 1].end if first else 0
        return place, place

    def has_figure(self, edge: int, other: int) -> bool:
        """Whether any token between two edges, in either order, is a figure."""
        return not self.figures.keys().isdisjoint(range(min(edge, other), max(edge, other)))

    def is_parted(self, place: int) -> bool:
        """Whether punctuation or the end of a line stands before a token that is not the first."""
        between = self.text[self.tokens[place - 1].end : self.tokens[place].start]
        return bool(between.strip()) or "\n" in between


@lru_cache(4000)
def canonical_number(printed: str) -> str:
    """Return the same number for the same value in digits and in Chinese numerals: 五十九 is 59, 百分之十 is 10%.

    A scale stays as it is printed: 2.38万 is not 23800, which claims more digits. What is no number stays too.
    """
    printed = re.sub(r"\s", "", printed).replace("\u2212", "-")
    match = re.fullmatch(rf"({_PERCENT})?(.*?)(?:点(.*?))?([余多万亿%‰]*)", printed)
    percent, whole, fraction, end = match.groups() if match and match[2] else (None, printed, None, "")
    value = whole if whole[-1:].isascii() else parse_numeral(whole)
    if value is None and len(whole) >= _YEAR and not whole.strip("〇零一二三四五六七八九"):
        value = whole.translate(_DIGITS)  # digit by digit: 二〇二三; but 三四 is three or four
    number = whole if value is None else str(value)
    return number + (f".{fraction.translate(_DIGITS)}" if fraction else "") + end + ("%" if percent else "")


def _is_significant(character: str) -> bool:
    return character in _SYMBOLS or unicodedata.category(character)[0] not in "PZC"


@lru_cache(100)  # sets of units
def _token_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of tokens in folded text, in which a figure may have blanks before scale and unit."""
    folded = {"".join(piece for piece, _ in fold_characters(unit)) for unit in units}
    unit = "|".join(map(re.escape, sorted(folded, key=lambda word: (-len(word), word)))) or "(?!)"
    digits = "[〇零一二三四五六七八九]+"
    numeral = f"(?:{NUMERAL.pattern})"
    # 三点一线 is no decimal: there a scale or a unit follows.
    spoken = rf"{_PERCENT}{numeral}(?:点{digits})?|{numeral}点{digits}(?=\s*(?:[余多万亿%‰]|{unit}))"
    number = rf"(?:{spoken}|(?:(?<![0-9a-z])[-\u2212](?=[0-9]))?{numeral})(?:\s*[余多])?(?:\s*[万亿])?(?:\s*[余多%‰])?"
    return re.compile(rf"(?P<number>{number})(?:(?<![%‰])\s*(?P<unit>{unit}))?|(?P<word>[a-z]+)|\S")

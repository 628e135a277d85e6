"""Locating: whether words, or a figure, stand in a source, and where; exactly, but for form, nearly, or not at all."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from app.transcription.numerals import NUMERAL

LONGEST = 1500
_SHORTEST_NEAR = 4  # fewer characters are near to too much
_NEAR_ENOUGH = 0.6
_SEED = 3  # characters; a near place shares at least one run of so many
_SLACK = 8  # characters that may have been put in or left out before and after

Span = tuple[int, int]
Status = Literal["exact", "equivalent", "near", "absent"]


@dataclass(frozen=True)
class Difference:
    """Where a near place differs: what was asked for, what stands there instead, and its place."""

    asked: str
    stands: str
    start: int
    end: int


@dataclass(frozen=True)
class Located:
    """What was found of the words."""

    status: Status
    places: list[Span]
    differences: list[Difference]


class Locator:
    """One source, made ready to be asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.numerals = [match.span() for match in NUMERAL.finditer(text)]
        self.plain, self.origin = _plain(text)
        self.runs: dict[str, list[int]] = {}
        for place in range(len(self.plain) - _SEED + 1):
            self.runs.setdefault(self.plain[place : place + _SEED], []).append(place)

    def locate(self, words: str) -> Located:
        """The best that can be said of the words; every place where they stand that well."""
        if exact := [span for span in _occurrences(self.text, words) if self._whole(span)]:
            return Located("exact", exact, [])
        bare, _ = _plain(words)
        spans = [self._source(a, b) for a, b in _occurrences(self.plain, bare)]
        if equivalent := [span for span in spans if self._whole(span)]:
            return Located("equivalent", equivalent, [])
        near = self._nearest(bare)
        return Located("near", [near], self._differences(bare, near)) if near else Located("absent", [], [])

    def _source(self, start: int, end: int) -> Span:
        """The place in the source of a stretch of its plain text."""
        return self.origin[start], self.origin[end - 1] + 1

    def _whole(self, span: Span) -> bool:
        """Whether a place cuts no numeral in two: 9项 does not stand in 39项."""
        return not any(a < edge < b for edge in span for a, b in self.numerals)

    def _nearest(self, bare: str) -> Span | None:
        """The stretch most like the words, by the runs of characters that both share, if it is like enough."""
        votes = Counter(
            place - asked
            for asked in range(len(bare) - _SEED + 1)
            for place in self.runs.get(bare[asked : asked + _SEED], ())
        )
        if len(bare) < _SHORTEST_NEAR or not votes:
            return None
        # Characters put in or left out shift what follows, so neighbouring offsets vote together.
        best = max(votes, key=lambda offset: (sum(votes[offset + shift] for shift in range(-4, 5)), -offset))
        start = max(0, best - _SLACK)
        window = self.plain[start : best + len(bare) + _SLACK]
        blocks = SequenceMatcher(None, bare, window, autojunk=False).get_matching_blocks()[:-1]
        first, last = blocks[0], blocks[-1]
        begin, end = max(0, first.b - first.a), min(len(window), last.b + len(bare) - last.a)
        if 2 * sum(block.size for block in blocks) / (len(bare) + end - begin) < _NEAR_ENOUGH:
            return None
        return self._uncut(*self._source(start + begin, start + end))

    def _uncut(self, start: int, end: int) -> Span:
        """The place widened to the whole of the numerals at its edges."""
        for a, b in self.numerals:
            start, end = (a if a < start < b else start), (b if a < end < b else end)
        return start, end

    def _differences(self, bare: str, span: Span) -> list[Difference]:
        stands, origin = _plain(self.text[slice(*span)])
        ends = [*origin, span[1] - span[0]]
        found = []
        for tag, a, b, c, d in SequenceMatcher(None, bare, stands, autojunk=False).get_opcodes():
            if tag != "equal":
                start, end = span[0] + ends[c], span[0] + (ends[d - 1] + 1 if d > c else ends[c])
                found.append(Difference(bare[a:b], self.text[start:end], start, end))
        return found


def _occurrences(text: str, words: str) -> list[Span]:
    if not words:
        return []
    return [(m.start(), m.start() + len(words)) for m in re.finditer(f"(?={re.escape(words)})", text)]


def _plain(text: str) -> tuple[str, list[int]]:
    """The text without width, case, blanks and punctuation, and where each character comes from.

    A point between digits stays, and so does a percent sign: they are part of a figure.
    """
    plain, origin = "", []
    for place, character in enumerate(text):
        for piece in unicodedata.normalize("NFKC", character).casefold():
            if _tells(piece, text, place):
                plain += piece
                origin.append(place)
    return plain, origin


def _tells(piece: str, text: str, place: int) -> bool:
    if piece == ".":
        return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
    return piece in "%‰&+" or unicodedata.category(piece)[0] not in "PZC"

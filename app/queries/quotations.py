"""Locating: whether words, or a figure, stand in a source, and where; exactly, but for form, nearly, or not at all."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from app.queries.normalization import Form, as_it_is, numbers, plain
from app.transcription.parsing.numerals import NUMERAL

LONGEST = 1500
_SHORTEST_NEAR = 4  # fewer characters are near to too much
_NEAR_ENOUGH = 0.6
_SEED = 2  # characters; a near place shares at least one run of so many
_SHORT = 60  # characters; the best few places of a text up to so long are compared in full
_TRIED = 8
_LIKELY = 200
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
class Match:
    """What was found of the words."""

    status: Status
    places: list[Span]
    differences: list[Difference]


class QuotationMatcher:
    """One source, made ready to be asked."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.numerals = [match.span() for match in NUMERAL.finditer(text)]
        self.plain, self.origin = plain(text)
        self.runs: dict[str, list[int]] = {}
        for place in range(len(self.plain) - _SEED + 1):
            self.runs.setdefault(self.plain[place : place + _SEED], []).append(place)

    def match(self, words: str) -> Match:
        """The best that can be said of the words; every place where they stand that well."""
        if exact := [span for span in _occurrences(self.text, words) if self._whole(span)]:
            return Match("exact", exact, [])
        bare, _ = plain(words)
        spans = [self._source(a, b) for a, b in _occurrences(self.plain, bare)]
        equivalent = [span for span in spans if self._whole(span) and self._same_numbers(words, span)]
        if equivalent:
            return Match("equivalent", equivalent, [])
        near = self._nearest(bare)
        return Match("near", [near], self._differences(words, near)) if near else Match("absent", [], [])

    def _source(self, start: int, end: int) -> Span:
        """The place in the source of a stretch of its plain text."""
        return self.origin[start], self.origin[end - 1] + 1

    def _whole(self, span: Span) -> bool:
        """Whether a place cuts no numeral in two: 9项 does not stand in 39项."""
        return not any(a < edge < b for edge in span for a, b in self.numerals)

    def _same_numbers(self, words: str, span: Span) -> bool:
        """Whether both print the same numbers: 1、47条 is not 147条, though only a mark tells them apart."""
        return numbers(words) == numbers(self.text[slice(*span)])

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
        likely = [offset for offset, _ in votes.most_common(_LIKELY)]
        ranked = sorted(likely, key=lambda offset: (-sum(votes[offset + shift] for shift in range(-4, 5)), offset))
        # A short text has many places that share as much of it; a long one is told by its runs alone.
        tried = ranked[: _TRIED if len(bare) <= _SHORT else 1]
        # Of places alike, the one that prints the same numbers is meant.
        found = [self._compared(bare, offset) for offset in tried]
        likeness, _, span = max(found, key=lambda place: place[0] + place[1] / 5)
        return span if likeness >= _NEAR_ENOUGH else None

    def _compared(self, bare: str, offset: int) -> tuple[float, bool, Span]:
        """How like the words the text at an offset is, whether it prints the same numbers, and the place it takes."""
        start = max(0, offset - _SLACK)
        window = self.plain[start : offset + len(bare) + _SLACK]
        blocks = SequenceMatcher(None, bare, window, autojunk=False).get_matching_blocks()[:-1]
        first, last = blocks[0], blocks[-1]
        begin, end = max(0, first.b - first.a), min(len(window), last.b + len(bare) - last.a)
        span = self._uncut(*self._source(start + begin, start + end))
        likeness = 2 * sum(block.size for block in blocks) / (len(bare) + end - begin)
        return likeness, self._same_numbers(bare, span), span

    def _uncut(self, start: int, end: int) -> Span:
        """The place widened to the whole of the numerals at its edges."""
        for a, b in self.numerals:
            start, end = (a if a < start < b else start), (b if a < end < b else end)
        return start, end

    def _differences(self, words: str, span: Span) -> list[Difference]:
        """What differs in more than form; if nothing does, what differs in form, since that is what matters then."""
        stands = self.text[slice(*span)]
        pairs = [(plain(words), plain(stands)), (as_it_is(words), as_it_is(stands))]
        found = (list(_changes(words, asked, stands, other)) for asked, other in pairs)
        changes = next(filter(None, found), [])
        return [Difference(asked, other, span[0] + start, span[0] + end) for asked, other, start, end in changes]


matcher = lru_cache(100)(QuotationMatcher)  # of as many notices


def _changes(words: str, asked: Form, stands: str, other: Form) -> Iterator[tuple[str, str, int, int]]:
    """Each stretch of the words with what stands in its place, and where that starts and ends."""
    for tag, a, b, c, d in SequenceMatcher(None, asked[0], other[0], autojunk=False).get_opcodes():
        if tag != "equal":
            (first, last), (start, end) = _stretch(words, asked[1], a, b), _stretch(stands, other[1], c, d)
            yield words[first:last], stands[start:end], start, end


def _stretch(text: str, origin: list[int], start: int, end: int) -> Span:
    """The place in a text of a stretch of its plain form, which may be empty."""
    first = origin[start] if start < len(origin) else len(text)
    return first, origin[end - 1] + 1 if end > start else first


def _occurrences(text: str, words: str) -> list[Span]:
    if not words:
        return []
    return [(m.start(), m.start() + len(words)) for m in re.finditer(f"(?={re.escape(words)})", text)]

"""The source text of a notice, and spans of it: half-open ranges of Unicode code points."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from app.transcription.layout.types import Quote, Selector

# Findings quote at most this many characters.
MAX_EXCERPT = 60


class Span(NamedTuple):
    """A half-open range of code points in the source; false if it is empty."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def __bool__(self) -> bool:
        return self.start < self.end


class SpanIndex:
    """Spans by name, none of which overlap, in which the one that contains another is found by bisection."""

    def __init__(self, spans: Mapping[str, Span]) -> None:
        self._ordered = sorted((span.start, span.end, name) for name, span in spans.items())
        self._starts = [start for start, _, _ in self._ordered]

    def containing(self, span: Span) -> str | None:
        """Return the name of the span that contains another; None if none does."""
        n = bisect_right(self._starts, span.start) - 1
        return self._ordered[n][2] if n >= 0 and span.end <= self._ordered[n][1] else None


class QuoteError(Exception):
    """A quote is not found where it is expected, or is found more than once."""


class Source:
    """The text of one notice, exactly as published; `source[span]` is the text of a span."""

    def __init__(self, raw: bytes) -> None:
        self.text = raw.decode("utf-8")
        self.sha256 = hashlib.sha256(raw).hexdigest()
        self.whole = Span(0, len(self.text))

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def skip(self, start: int, characters: str = "") -> int:
        """Return the first position from `start` on that is neither white space nor one of `characters`."""
        while start < self.whole.end and (self.text[start].isspace() or self.text[start] in characters):
            start += 1
        return start

    def find(self, quote: Quote, within: Span, apart: Collection[Span] = ()) -> Span:
        """Return the only span of `quote` inside `within`; raise `QuoteError` if there is none or more than one.

        What stands in one of the spans of `apart` does not count.
        """
        if isinstance(quote, Selector):
            in_context, prefix, exact = quote.in_context, quote.prefix or "", quote.exact
        else:
            in_context, prefix, exact = quote, "", quote
        starts = (start + len(prefix) for start in self._starts(in_context, within))
        spans = (Span(start, start + len(exact)) for start in starts)
        found = [span for span in spans if not any(other.contains(span) for other in apart)]
        if not found:
            expected, nearest = self.compare(in_context, within)
            raise QuoteError(f"{expected!r} was not found here; nearest: {nearest!r}")
        if len(found) > 1:
            raise QuoteError(f"{exact!r} is found more than once here: add a prefix or suffix")
        return found[0]

    def _starts(self, text: str, within: Span) -> Iterator[int]:
        """Yield where a text begins in a span, overlapping occurrences too."""
        start = self.text.find(text, within.start, within.end)
        while start >= 0:
            yield start
            start = self.text.find(text, start + 1, within.end)

    def nearest(self, quote: str, within: Span) -> str:
        """Return the part of `within` that is most like `quote`."""
        text = self[within]
        if not text or not quote:
            return ""
        match = SequenceMatcher(None, text, quote, autojunk=False).find_longest_match()
        start = max(0, match.a - match.b)
        return text[start : start + len(quote)].strip()

    def compare(self, quote: str, within: Span) -> tuple[str, str]:
        """Return excerpts of a quote and of the text most like it; of a long quote, around the first difference."""
        nearest = self.nearest(quote, within)
        differences = (n for n, (a, b) in enumerate(zip(quote, nearest, strict=False)) if a != b)
        start = max(0, next(differences, len(nearest)) - MAX_EXCERPT // 3) if len(quote) > MAX_EXCERPT else 0
        return quote[start : start + MAX_EXCERPT], nearest[start : start + MAX_EXCERPT]

    def sentence(self, span: Span, within: Span) -> Span:
        """Return the sentence of `within`, from 。 to 。, that contains `span`."""
        start = self.text.rfind("。", within.start, span.start) + 1 or within.start
        end = self.text.find("。", max(span.start, span.end - 1), within.end) + 1 or within.end
        return Span(self.skip(start), end)

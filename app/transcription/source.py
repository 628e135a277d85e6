"""The source text of a notice, and spans of it: half-open ranges of Unicode code points."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.transcription.layout.types import Quote, Selector

# Findings quote at most this many characters.
MAX_EXCERPT = 60


@dataclass(frozen=True)
class Span:
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

    def find(self, quote: Quote, within: Span, apart: Iterable[Span] = ()) -> Span:
        """Return the only span of `quote` inside `within`; raise `QuoteError` if there is none or more than one.

        What stands in one of the spans of `apart` does not count.
        """
        selector = quote if isinstance(quote, Selector) else Selector(exact=quote)
        apart = list(apart)
        spans = [span for span in self._spans(selector, within) if not any(other.contains(span) for other in apart)]
        if not spans:
            expected, nearest = self.compare(selector.in_context, within)
            raise QuoteError(f"{expected!r} was not found here; nearest: {nearest!r}")
        if len(spans) > 1:
            raise QuoteError(f"{selector.exact!r} is found more than once here: add a prefix or suffix")
        return spans[0]

    def _spans(self, selector: Selector, within: Span) -> list[Span]:
        # A lookahead finds overlapping occurrences too.
        pattern = re.escape(selector.in_context)
        starts = (m.start() + len(selector.prefix or "") for m in re.finditer(f"(?={pattern})", self[within]))
        return [Span(within.start + start, within.start + start + len(selector.exact)) for start in starts]

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

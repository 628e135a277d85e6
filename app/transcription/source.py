"""The source text, and the places of quotes in it: half-open ranges of code points."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from app.transcription.layout.types import Quote, Selector

# More characters than these a message does not quote.
LONG = 60


@dataclass(frozen=True)
class Span:
    """A half-open range of code points in the source."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def __bool__(self) -> bool:
        return self.start < self.end


class NotThere(Exception):
    """A quote that does not stand, or does not stand just once, where it is claimed."""


class Source:
    """One notice's text, never edited."""

    def __init__(self, raw: bytes) -> None:
        self.text = raw.decode("utf-8")
        self.sha256 = hashlib.sha256(raw).hexdigest()
        self.whole = Span(0, len(self.text))

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def skip(self, start: int, characters: str = "") -> int:
        """The first place from `start` on that is neither blank nor one of `characters`."""
        while start < self.whole.end and (self.text[start].isspace() or self.text[start] in characters):
            start += 1
        return start

    def find(self, quote: Quote, within: Span) -> Span:
        """The one place of `quote` inside `within`; `NotThere` where there is none or more than one."""
        selector = quote if isinstance(quote, Selector) else Selector(exact=quote)
        places = list(islice(self._places(selector, within), 2))
        if not places:
            said, nearest = self.compare(selector.words, within)
            raise NotThere(f"{said!r} does not stand there; nearest: {nearest!r}")
        if len(places) > 1:
            raise NotThere(f"{selector.exact!r} stands there more than once: tell it apart by prefix or suffix")
        return places[0]

    def _places(self, selector: Selector, within: Span) -> list[Span]:
        pattern = re.escape(selector.words)
        starts = (m.start() + len(selector.prefix or "") for m in re.finditer(f"(?={pattern})", self[within]))
        return [Span(within.start + start, within.start + start + len(selector.exact)) for start in starts]

    def nearest(self, quote: str, within: Span) -> str:
        """The stretch of `within` that is most like `quote`: what an editor most likely meant."""
        text = self[within]
        if not text or not quote:
            return ""
        match = SequenceMatcher(None, text, quote, autojunk=False).find_longest_match()
        start = max(0, match.a - match.b)
        return text[start : start + len(quote)].strip()

    def compare(self, quote: str, within: Span) -> tuple[str, str]:
        """A quote and what is most like it in `within`; of long ones, the stretch in which they begin to differ."""
        nearest = self.nearest(quote, within)
        differences = (n for n, (a, b) in enumerate(zip(quote, nearest, strict=False)) if a != b)
        start = max(0, next(differences, len(nearest)) - LONG // 3) if len(quote) > LONG else 0
        return quote[start : start + LONG], nearest[start : start + LONG]

    def sentence(self, span: Span, within: Span) -> Span:
        """The sentence (from 。 to 。) of `within` in which `span` stands."""
        start = self.text.rfind("。", within.start, span.start) + 1 or within.start
        end = self.text.find("。", max(span.start, span.end - 1), within.end) + 1 or within.end
        return Span(self.skip(start), end)

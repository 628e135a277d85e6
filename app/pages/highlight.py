"""Ranges marked in a text: cut into segments that a template wraps, or annotated with nested tags.

Either way the characters of the text stay as they are: without the tags the result is the text again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from app.queries.search import highlights

# Parts of a text in order, each with the object that marks it, or None.
Segments = list[tuple[str, Any]]

_BEFORE, _AFTER = 24, 96  # characters of an excerpt before and after the beginning of its first match


def highlight(text: str, ranges: Iterable[tuple[int, int, Any]], start: int = 0) -> Segments:
    """Return a text cut into segments at ranges of (start, end, mark).

    The ranges are positions in a source in which the text begins at `start`. Of two that overlap the first one counts.
    """
    segments: Segments = []
    done = 0
    for first, last, mark in sorted(ranges, key=lambda marked: (marked[0], -marked[1])):
        first, last = first - start, last - start
        if first < done or last > len(text):
            continue
        segments += [(text[done:first], None), (text[first:last], mark)]
        done = last
    return [segment for segment in [*segments, (text[done:], None)] if segment[0]]


def highlight_words(text: str, query: str | None) -> Segments:
    """Return a text with the words of a query marked by True."""
    return highlight(text, [(first, last, True) for first, last in highlights(text, query)] if query else [])


def highlight_figures(text: str, start: int, metrics: Iterable[dict[str, Any]]) -> Segments:
    """Return a text with its printed figures marked by their metrics; of metrics at one place the first one counts."""
    ranges = [(metric["value_start"], metric["value_end"], metric) for metric in metrics]
    return highlight(text, [marked for marked in ranges if marked[0] >= start], start)


def excerpt(text: str, query: str | None) -> Segments:
    """Return the part of a text around its first match, or its beginning, with the matches marked and … for cuts."""
    matches = highlights(text, query) if query else []
    begin = max(0, matches[0][0] - _BEFORE) if matches else 0
    end = min(len(text), begin + _BEFORE + _AFTER)
    inside = [(first, last, True) for first, last in matches if begin <= first and last <= end]
    before: Segments = [("…", None)] if begin else []
    after: Segments = [("…", None)] if end < len(text) else []
    return [*before, *highlight(text[begin:end], inside, begin), *after]


@dataclass(frozen=True)
class Annotation:
    """A range of a text, with the tags that are put around it."""

    start: int
    end: int
    opening: Markup
    closing: Markup

    def overlaps(self, other: "Annotation") -> bool:
        """Tell whether the two have a character in common."""
        return self.start < other.end and other.start < self.end

    def crosses(self, other: "Annotation") -> bool:
        """Tell whether the two overlap without one lying in the other, so that their tags can't be nested."""
        return self.start < other.start < self.end < other.end or other.start < self.start < other.end < self.end


def tag(name: str, **attributes: str | None) -> tuple[Markup, Markup]:
    """Return an opening and a closing tag; attributes that are None are left out."""
    given = [(key.rstrip("_"), value) for key, value in attributes.items() if value is not None]
    written = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in given)
    return Markup("<{}{}>").format(name, written), Markup("</{}>").format(name)


def annotate(text: str, start: int, end: int, annotations: list[Annotation]) -> Markup:
    """Return the characters from `start` to `end`, escaped, with the tags of annotations that nest or lie apart."""
    parts: list[str] = []
    done = start
    remaining = sorted(annotations, key=lambda annotation: (annotation.start, -annotation.end))
    while remaining:
        outer, *rest = remaining
        inner = [annotation for annotation in rest if annotation.start < outer.end]
        remaining = rest[len(inner) :]
        parts += [text[done : outer.start], outer.opening, annotate(text, outer.start, outer.end, inner), outer.closing]
        done = outer.end
    return Markup("").join(map(escape, [*parts, text[done:end]]))

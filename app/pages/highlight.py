"""Marking: a text cut where something in it is to be marked, so that a template can wrap the pieces."""

from collections.abc import Iterable
from typing import Any

from app.queries.search import highlights as marks

Pieces = list[tuple[str, Any]]

_BEFORE, _AFTER = 24, 96  # characters of an excerpt around its first hit


def pieces(text: str, marked: Iterable[tuple[int, int, Any]], start: int = 0) -> Pieces:
    """The text in pieces, each with what marks it, or None; joined, they are the text.

    Ranges are places in a source in which the text begins at `start`; of two that overlap, the first one counts.
    """
    cut: Pieces = []
    done = 0
    for first, last, mark in sorted(marked, key=lambda one: (one[0], -one[1])):
        first, last = first - start, last - start
        if first < done or last > len(text):
            continue
        cut += [(text[done:first], None), (text[first:last], mark)]
        done = last
    return [piece for piece in [*cut, (text[done:], None)] if piece[0]]


def hits(text: str, query: str | None) -> Pieces:
    """The text with the words of a query marked."""
    return pieces(text, [(first, last, True) for first, last in marks(text, query)] if query else [])


def figures(text: str, start: int, metrics: Iterable[dict[str, Any]]) -> Pieces:
    """The text with the figures that are printed in it marked by their records; two records on one place are one."""
    return pieces(text, [(m["value_start"], m["value_end"], m) for m in metrics if m["value_start"] >= start], start)


def excerpt(text: str, query: str | None) -> Pieces:
    """The beginning of a text, or what stands around the first hit in it, marked; … where something is left out."""
    found = marks(text, query) if query else []
    begin = max(0, found[0][0] - _BEFORE) if found else 0
    end = min(len(text), begin + _BEFORE + _AFTER)
    inner = [(first, last, True) for first, last in found if begin <= first and last <= end]
    shown = pieces(text[begin:end], inner, begin)
    return [*([("…", None)] if begin else []), *shown, *([("…", None)] if end < len(text) else [])]

"""Quotes of the source: the words alone where they stand once, else with the words before or after them."""

from typing import Any

from app.transcription.source import Span


def quote(text: str, span: Span, within: Span, apart: Span | None = None) -> Any:
    """Return a span as a quote that is found only there inside `within`: a string, or one with `prefix` or `suffix`.

    Nor is it found inside `apart`, where it might be taken for another.
    """
    exact = text[span.start : span.end]
    if _count(text, exact, within) == 1 and not (apart and _count(text, exact, apart)):
        return exact
    for size in range(1, within.end - within.start):
        suffix = text[span.end : min(span.end + size, within.end)]
        # A context of nothing but white space is none.
        if suffix.strip() and _count(text, exact + suffix, within) == 1:
            return {"exact": exact, "suffix": suffix}
        prefix = text[max(span.start - size, within.start) : span.start]
        if prefix.strip() and _count(text, prefix + exact, within) == 1:
            return {"exact": exact, "prefix": prefix}
        if prefix.strip() and suffix.strip() and _count(text, prefix + exact + suffix, within) == 1:
            return {"exact": exact, "prefix": prefix, "suffix": suffix}
    return exact


def _count(text: str, words: str, within: Span) -> int:
    """Return how often words stand in a span, up to two; occurrences may overlap."""
    first = text.find(words, within.start, within.end)
    second = text.find(words, first + 1, within.end) if first >= 0 else -1
    return (first >= 0) + (second >= 0)


def words_of(quoted: Any) -> str | None:
    """Return the quoted words themselves."""
    words = quoted.get("exact") if isinstance(quoted, dict) else quoted
    return words if isinstance(words, str) else None

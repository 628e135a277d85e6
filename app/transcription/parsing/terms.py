"""Occurrences of glossary terms in a text."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol, TypeVar


class Term(Protocol):
    """A term, its further printed forms, and longer words that contain its characters by chance."""

    @property
    def term(self) -> str: ...

    @property
    def forms(self) -> list[str]: ...

    @property
    def not_in(self) -> list[str]: ...


T = TypeVar("T", bound=Term)


def find_terms(text: str, terms: Iterable[T]) -> list[tuple[int, int, T]]:
    """Return start, end and term of every occurrence, leftmost-longest: a longer term hides a shorter one inside it."""
    terms = list(terms)
    by_form = {form: term for term in terms for form in (term.term, *term.forms)}
    words = {*by_form, *(word for term in terms for word in term.not_in)}
    matches = _compile(frozenset(words)).finditer(text)
    return [(match.start(), match.end(), by_form[match[0]]) for match in matches if match[0] in by_form]


@lru_cache(8)  # glossaries, of which there is one for all notices
def _compile(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_whole_word, sorted(words, key=len, reverse=True))) or "(?!)")


def _whole_word(form: str) -> str:
    """Return a pattern that matches no part of a longer number or Latin word, as 12345热线 in 912345热线."""
    before = "(?<![0-9A-Za-z])" if re.match("[0-9A-Za-z]", form) else ""
    after = "(?![0-9A-Za-z])" if re.search("[0-9A-Za-z]$", form) else ""
    return before + re.escape(form) + after

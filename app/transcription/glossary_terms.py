"""Terms in a text: where the words that the glossary explains stand."""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Termed(Protocol):
    """A term, its further printed forms, and longer words that hold their characters by chance."""

    @property
    def term(self) -> str: ...

    @property
    def forms(self) -> list[str]: ...

    @property
    def not_in(self) -> list[str]: ...


E = TypeVar("E", bound=Termed)


def find_terms(text: str, entries: Iterable[E]) -> list[tuple[int, int, E]]:
    """Start, end and entry of every term in a text, leftmost-longest: a longer term hides a shorter one inside it."""
    entries = list(entries)
    meant = {form: entry for entry in entries for form in (entry.term, *entry.forms)}
    words = {*meant, *(word for entry in entries for word in entry.not_in)}
    pattern = "|".join(map(_whole, sorted(words, key=len, reverse=True))) or "(?!)"
    found = re.finditer(pattern, text)
    return [(match.start(), match.end(), meant[match[0]]) for match in found if match[0] in meant]


def _whole(form: str) -> str:
    """A pattern of the form that takes no part of a longer number or Latin word: 12345热线 stands not in 912345热线."""
    before = "(?<![0-9A-Za-z])" if re.match("[0-9A-Za-z]", form) else ""
    after = "(?![0-9A-Za-z])" if re.search("[0-9A-Za-z]$", form) else ""
    return before + re.escape(form) + after

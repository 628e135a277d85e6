"""The lexicons in `seed/lexicons/`: words by what they tell, which editors extend without touching code.

A file holds lexicons, a lexicon codes, a code its words. `…` in a word stands for any characters of one clause.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from app.transcription.files import read_json
from app.transcription.findings import Findings, InvalidSeed

FOLDER = "lexicons"
Lexicon = dict[str, list[str]]
_LAYOUT = TypeAdapter(dict[str, Lexicon])


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of which the longest word matches first; `…` in a word matches anything."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(re.escape(word).replace("…", "[^,，。;；]*?") for word in ordered) or "(?!)"


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern. Those of lexicons are long, and too many for the memory of `re` itself."""
    return re.compile(pattern)


@dataclass(frozen=True)
class Lexicons:
    """All lexicons, by `file.lexicon`."""

    tables: dict[str, Lexicon] = field(repr=False)

    def table(self, name: str) -> Lexicon:
        """Return the words of a lexicon by their code."""
        return self.tables[name]

    def words(self, name: str) -> list[str]:
        """Return all the words of a lexicon, the longest first."""
        return sorted({word for words in self.tables[name].values() for word in words}, key=len, reverse=True)

    def pattern(self, *names: str) -> re.Pattern[str]:
        """Return a pattern of every word of some lexicons."""
        key = " ".join(names)
        if key not in self._patterns:
            self._patterns[key] = compiled(any_of(word for name in names for word in self.words(name)))
        return self._patterns[key]

    def code(self, name: str, text: str) -> str | None:
        """Return the first code of which a word stands in the text."""
        return next((code for code in self.table(name) if self.matches(name, code, text)), None)

    def matches(self, name: str, code: str, text: str) -> bool:
        """Tell whether a word of a code stands in the text."""
        key = f"{name} {code}"
        if key not in self._patterns:
            self._patterns[key] = compiled(any_of(self.table(name)[code]))
        return bool(self._patterns[key].search(text))

    def codes_at_end(self, name: str, text: str) -> tuple[str, list[str]]:
        """Return the longest word that ends the text, and every code that has it."""
        ends = [(word, code) for code, words in self.table(name).items() for word in words if text.endswith(word)]
        longest = max((word for word, _ in ends), key=len, default="")
        return longest, [code for word, code in ends if word == longest]

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}


def read_lexicons(seed: Path) -> Lexicons:
    """Read the lexicons of a seed folder; raise `InvalidSeed` if a file is missing or has another layout."""
    tables: dict[str, Lexicon] = {}
    findings: list[Findings] = []
    for name in FILES:
        path = seed / FOLDER / f"{name}.json"
        findings.append(Findings(path))
        for lexicon, codes in (read_json(path, _LAYOUT, findings[-1]) or {}).items():
            tables[f"{name}.{lexicon}"] = codes
    if any(findings):
        raise InvalidSeed(finding for found in findings for finding in found)
    return Lexicons(tables)


FILES = ("outline", "masthead", "clauses", "bodies", "roles", "kinds", "figures", "numerals", "documents", "contact")

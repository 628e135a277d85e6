"""Quotations: whether words, or a figure, stand in a source, and where: exactly, but for form, nearly, or not."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.database.repository import Repository
from app.database.select import Select, table_of
from app.database.statements import distinct
from app.models.metric import MetricRow
from app.queries.fuzzy import FuzzyIndex
from app.queries.normalization import drop_invisible, simplify
from app.queries.tokens import TokenizedText

LONGEST = 1500

Span = tuple[int, int]
Status = Literal["exact", "equivalent", "near", "absent"]

_METRIC = table_of(MetricRow)


@dataclass(frozen=True)
class Difference:
    """Where a near place differs: whole tokens that were asked for, those that stand instead, and their place."""

    asked: str
    stands: str
    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """What was found of a quotation."""

    status: Status
    places: list[Span]
    differences: list[Difference]


def quotation_matcher(repository: Repository, notice: str) -> "QuotationMatcher":
    """Return the matcher of a notice. The units of its figures are known from its metrics and the vocabulary."""
    metrics = Select.rows(_METRIC, notice)
    printed = (unit for (unit,) in repository.database.fetch(metrics, _METRIC.c.unit, build=distinct) if unit)
    labels = (zh for zh, _ in repository.catalog.labels["unit"].values())
    return _matcher(repository.catalog.text(notice), tuple(sorted({*printed, *labels})))


class QuotationMatcher:
    """One source text, tokenized and indexed."""

    def __init__(self, text: str, units: Collection[str] = ()) -> None:
        self.text, self.units = text, units
        self.characters = set(text)
        self.source = TokenizedText(text, units)
        self.index = FuzzyIndex(self.source)

    def match(self, words: str) -> Match:
        """Return the best that can be said of the words, with every place where they stand that well."""
        visible = drop_invisible(words)
        for form in dict.fromkeys((words, visible)):
            if exact := [span for span in _occurrences(self.text, form) if self.source.is_whole(*span)]:
                return Match("exact", exact, [])
        asked = TokenizedText(self._simplified(visible), self.units)
        if equivalent := self._equivalent(asked):
            return Match("equivalent", equivalent, [])
        near = self.index.search(asked)
        if near is None:
            return Match("absent", [], [])
        differences = [
            Difference(visible[slice(*asked.span(*mine))], self.text[slice(*span)], *span)
            for mine, theirs in near.gaps
            for span in [self.source.span(*theirs)]
        ]
        return Match("near", [self.source.span(*near.tokens)], differences)

    def _simplified(self, text: str) -> str:
        """Return the text in simplified characters, but for those that the source itself prints."""
        pairs = zip(text, simplify(text), strict=True)
        return "".join(printed if printed in self.characters else simple for printed, simple in pairs)

    def _equivalent(self, asked: TokenizedText) -> list[Span]:
        found = _occurrences(self.source.comparable, asked.comparable)
        spans = ((self.source.ranges[start][0], self.source.ranges[end - 1][1]) for start, end in found)
        return [span for span in spans if self.source.is_whole(*span)]


_matcher = lru_cache(100)(QuotationMatcher)  # of as many notices


def _occurrences(text: str, words: str) -> list[Span]:
    if not words:
        return []
    return [(m.start(), m.start() + len(words)) for m in re.finditer(f"(?={re.escape(words)})", text)]

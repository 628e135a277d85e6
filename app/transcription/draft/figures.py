"""Figures: every field of a number that counts, from the words of its sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.transcription.draft.counted import Counted, CountedFinder
from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.draft.periods import Period, find_period
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.parsing.figures import Figure, parse_figure
from app.transcription.source import Span

_PARTS = ("percent", "per_mille", "tenth", "fraction", "times")  # units


@dataclass(frozen=True)
class Draft:
    """A figure with its fields; the spans are of the source."""

    value_span: Span
    sentence: Span
    figure: Figure
    fields: dict[str, Any]
    counted: Counted
    period: Period
    comparison_span: Span | None
    nature_rule: str


class FigureReader:
    """Reads the figures of a text."""

    def __init__(self, lexicons: Lexicons, vocabularies: Mapping[str, Vocabulary]) -> None:
        self.forms = {
            name: {term.code: term.forms for term in vocabularies[name].terms if term.forms}
            for name in ("unit", "direction", "comparison", "per")
        }
        self.counted = CountedFinder(lexicons)
        self.frequencies = re.compile(
            any_of([*lexicons.words("figures.frequency"), *lexicons.words("figures.other_frequency")])
        )
        self.planned = compiled(any_of(lexicons.table("roles.modality_words")["planned"]))
        self.indicators = {
            code: [compiled(any_of([pattern]).replace("N", "□")) for pattern in patterns]
            for code, patterns in lexicons.table("figures.indicators").items()
        }

    def read(self, text: str, value: Span, sentence: Span, last: Draft | None = None) -> Draft | None:
        """Return the figure at a span, if its words can be parsed as one."""
        figure = parse_figure(text[value.start : value.end])
        if figure is None:
            return None
        clause = self._clause(text, value, sentence)
        before = text[clause.start : value.start]
        direction = self._direction(before)
        per_words = self.frequencies.search(before)
        comparison, comparison_span = self._comparison(text, sentence, value)
        nature, rule = self._nature(figure, direction, comparison, bool(per_words))
        if nature not in ("change", "growth_rate"):
            direction = None
            if comparison != "plan":
                comparison = comparison_span = None
        period = find_period(text, sentence, value)
        if nature == "frequency":
            period = self._of_frequency(text, clause, value, per_words)
        per = self._code("per", per_words[0]) if per_words and nature == "frequency" else None
        fields = {
            "value": -figure.value if direction == "decrease" else figure.value,
            "direction": direction,
            "unit": figure.unit,
            "unit_code": self._code("unit", figure.unit or "", whole=True),
            "multiplier": figure.multiplier,
            "qualifier": figure.qualifier,
            "nature": nature,
            "comparison": comparison,
            "per": per,
        }
        known = last.counted if last and last.sentence == sentence and _is_alike(last, figure, nature) else None
        counted = self.counted.find(text, sentence, value, figure.unit, known)
        return Draft(value, sentence, figure, fields, counted, period, comparison_span, rule)

    def indicator(self, text: str, draft: Draft) -> str | None:
        """Return the headline quantity that a figure is, if its clause says so."""
        start = max(text.rfind(mark, draft.sentence.start, draft.value_span.start) for mark in ",，;；。") + 1
        start = max(start, draft.sentence.start)
        end = next(
            (n for n in range(draft.value_span.end, draft.sentence.end) if text[n] in ",，;；。"), draft.sentence.end
        )
        printed = text[start : draft.value_span.start] + "□" + text[draft.value_span.end : end]
        return next(
            (code for code, patterns in self.indicators.items() if any(p.search(printed) for p in patterns)), None
        )

    def _clause(self, text: str, value: Span, sentence: Span) -> Span:
        start = max(text.rfind(mark, sentence.start, value.start) for mark in ",，;；。") + 1
        return Span(max(start, sentence.start), value.end)

    def _direction(self, before: str) -> str | None:
        ends = before.rstrip("了约近超")
        return next((code for code, forms in self.forms["direction"].items() if ends.endswith(tuple(forms))), None)

    def _comparison(self, text: str, sentence: Span, value: Span) -> tuple[str | None, Span | None]:
        best: tuple[str | None, Span | None] = (None, None)
        for code, forms in self.forms["comparison"].items():
            for match in re.finditer(
                rf"(?:相较于?|相比|较|比|与)?(?:{any_of(forms)})(?:年)?(?:相比)?", text[sentence.start : value.start]
            ):
                span = Span(sentence.start + match.start(), sentence.start + match.end())
                if best[1] is None or span.start > best[1].start:
                    best = (code, span)
        if best[0] == "plan" and best[1] and re.search("[,，;；]", text[best[1].end : value.start]):
            return None, None
        return best

    def _nature(self, figure: Figure, direction: str | None, comparison: str | None, often: bool) -> tuple[str, str]:
        if figure.unit == "个百分点":
            return ("change", "figures:percentage points") if direction else ("level", "figures:points")
        if self._code("unit", figure.unit or "", whole=True) in _PARTS:
            return ("growth_rate", "figures:a part and a change") if direction else ("share", "figures:a part")
        if often and figure.unit in ("次", "场", "场次", "轮", "期", "遍", "回", "件", "个"):
            return "frequency", "figures:how often"
        if direction and (comparison or direction):
            return "change", "figures:a change"
        return "level", "figures:a level"

    def _of_frequency(self, text: str, clause: Span, value: Span, words: re.Match[str] | None) -> Period:
        """Return the period of a frequency: planned where the clause says so, else none."""
        if words and self.planned.search(text[clause.start : value.start]):
            start = clause.start + words.start()
            return Period("planned", Span(start, start + len(words[0])), None, None, 0.6, "periods:planned")
        return Period("none", None, None, None, 0.7, "periods:a standing rule")

    def _code(self, name: str, words: str, *, whole: bool = False) -> str | None:
        for code, forms in self.forms[name].items():
            if any(words == form if whole else form in words for form in forms):
                return code
        return None


def _is_alike(last: Draft, figure: Figure, nature: str) -> bool:
    """Tell whether a figure may count what the one before counts: in the same unit, or as a share of it."""
    return last.figure.unit == figure.unit or (
        nature in ("share", "growth_rate") and last.figure.unit not in ("%", "％")
    )


def number(value: Decimal) -> int | float:
    """Return a decimal as a JSON number."""
    return int(value) if value == value.to_integral_value() else float(value)

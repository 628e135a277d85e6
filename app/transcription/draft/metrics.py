"""Numerals and metrics of a draft, as they stand in `notice.json`."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.transcription.draft.figures import Draft, FigureReader, number
from app.transcription.draft.guesses import Guesses
from app.transcription.draft.lexicons import Lexicons
from app.transcription.draft.nodes import Node
from app.transcription.draft.numerals import Numeral, NumeralClassifier
from app.transcription.draft.quoting import quote
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.source import Source, Span

_WHOLES = {"issues_done": "issues_total", "measures_done": "measures_total"}
# What a person has to write where no words say what is counted.
LABEL = "TODO：说明此数所计"
_SCOPES = {"issue": "issue", "category": "category"}


class MetricDrafter:
    """Drafts the numerals and the metrics of sections, in their order."""

    def __init__(
        self, source: Source, lexicons: Lexicons, vocabularies: Mapping[str, Vocabulary], guesses: Guesses
    ) -> None:
        self.source, self.text, self.guesses = source, source.text, guesses
        units = {form for term in vocabularies["unit"].terms for form in term.forms}
        self.classifier = NumeralClassifier(source.text, lexicons, units)
        self.reader = FigureReader(lexicons, vocabularies)
        self.unknown_units = Counter[str]()
        words = sorted(set(lexicons.words("figures.measure_words")) - units, key=len, reverse=True)
        self.other_units = re.compile("|".join(map(re.escape, words)) or "(?!)")
        self.numerals: list[dict[str, Any]] = []
        self.metrics: list[dict[str, Any]] = []
        self.last: Draft | None = None
        self.has_totals = False

    def add(self, node: Node, markers: list[Span], identifiers: list[Span]) -> None:
        """Add the numbers of a section; those in `markers` are ordinals, those in `identifiers` identify."""

        def by_place(span: Span) -> str | None:
            if any(marker.contains(span) for marker in markers):
                return "ordinal"
            is_identifier = any(place.contains(span) for place in identifiers) and self.text[span.start].isdigit()
            return "identifier" if is_identifier else None

        for part in _cut(node.parts, markers):
            for numeral in self.classifier.classify(part, by_place):
                if node.role == "masthead" and numeral.figure:
                    # What a web page counts beside the title are its readers.
                    numeral = Numeral(numeral.span, "identifier", 0.6, "numerals:beside the title")
                if numeral.figure and not self._add_metric(node, numeral):
                    self.classifier.end = numeral.span.end
                    numeral = Numeral(numeral.span, "name", 0.3, "numerals:no figure")
                if node.role == "contact" and numeral.code == "identifier" and not by_place(numeral.span):
                    # What identifies in contact details stands on one of their lines.
                    numeral = Numeral(numeral.span, "name", 0.3, "numerals:on no contact line")
                self._add_numeral(node, numeral)

    def _add_numeral(self, node: Node, numeral: Numeral) -> None:
        id = f"n{len(self.numerals) + 1}"
        printed = self.text[numeral.span.start : numeral.span.end]
        code = self.guesses.add(f"numerals/{id}", "class", numeral.code, numeral.confidence, numeral.rule)
        self.numerals.append({"id": id, "section": node.id, "text": printed, "class": code})

    def _add_metric(self, node: Node, numeral: Numeral) -> bool:
        """Add a figure; return false if its words can't be parsed as one."""
        assert numeral.figure
        sentence = node.sentence(self.source, numeral.figure)
        draft = self.reader.read(self.text, numeral.figure, sentence, self.last)
        if draft is None:
            return False
        indicator = (
            self.reader.indicator(self.text, draft) if node.role in ("totals", "leadership", "preface") else None
        )
        if node.role != "totals" and self.has_totals and not (indicator or "").startswith("meetings"):
            indicator = None
        indicator = None if indicator in {metric.get("indicator") for metric in self.metrics} else indicator
        id = (indicator or f"figure-{node.id}-{1 + sum(m['section'] == node.id for m in self.metrics)}").replace(
            "_", "-"
        )
        self.metrics.append(self._printed(id, node, numeral, draft, indicator))
        self.last = draft
        after = self.other_units.match(self.text, draft.value_span.end)
        if draft.figure.unit is None and after:
            self.unknown_units[after[0]] += 1
        return True

    def _printed(self, id: str, node: Node, numeral: Numeral, draft: Draft, indicator: str | None) -> dict[str, Any]:
        record, sentence = f"metrics/{id}", draft.sentence

        def add(field: str, value: Any, confidence: float, rule: str) -> Any:
            return self.guesses.add(record, field, value, confidence, rule)

        printed: dict[str, Any] = {"id": id, "section": node.id, "quote": quote(self.text, sentence, node.whole)}
        printed["value_text"] = add(
            "value_text", quote(self.text, draft.value_span, sentence), numeral.confidence, numeral.rule
        )
        fields = draft.fields | {"value": number(draft.fields["value"])}
        printed |= {
            name: fields[name] for name in ("value", "direction", "unit", "unit_code", "multiplier", "qualifier")
        }
        printed["nature"] = add("nature", fields["nature"], 0.9, draft.nature_rule)
        if draft.comparison_span and fields["comparison"]:
            printed["comparison"] = add("comparison", fields["comparison"], 0.85, "vocabulary:comparison")
            printed["comparison_text"] = quote(self.text, draft.comparison_span, sentence)
        printed |= self._period(add, draft, sentence)
        counted = draft.counted
        printed["counted"] = add("counted", quote(self.text, counted.span, sentence), counted.confidence, counted.rule)
        printed["counted_code"] = add("counted_code", counted.code, counted.confidence - 0.1, "lexicon:figures.counted")
        printed["per"] = fields["per"]
        scope = _SCOPES.get(node.role, "notice")
        printed["scope"] = add("scope", scope, 0.9, "metrics:role of the section")
        if indicator:
            printed["indicator"] = add("indicator", indicator, 0.85, "lexicon:figures.indicators")
        printed |= self._relations(add, printed, draft)
        words = self.text[counted.span.start : counted.span.end]
        printed["label"] = words if re.search("[一-龥]", words) else LABEL
        return {name: value for name, value in printed.items() if value is not None}

    def _period(self, add: Any, draft: Draft, sentence: Span) -> dict[str, Any]:
        period = draft.period
        printed = {"period_kind": add("period_kind", period.kind, period.confidence, period.rule)}
        if period.words:
            dates = {"period_start": period.start, "period_end": period.end}
            printed |= {name: day.isoformat() for name, day in dates.items() if day}
            printed["period_text"] = quote(self.text, period.words, sentence)
        return printed

    def _relations(self, add: Any, printed: dict[str, Any], draft: Draft) -> dict[str, Any]:
        """Return the relations to figures before: a part after 其中, what is done of a total, a total printed twice."""
        before = self.text[draft.sentence.start : draft.value_span.start]
        clause = re.split("[,，;；。]", before)[-1]
        last = self.metrics[-1] if self.metrics else None
        if clause.startswith("其中") and last and _is_part(printed, last):
            printed["counted_code"] = last["counted_code"]
            return {"part_of": add("part_of", last["id"], 0.7, "metrics:其中")}
        whole = _WHOLES.get(printed.get("indicator", ""))
        for other in self.metrics:
            if whole and other.get("indicator") == whole and _is_part(printed, other):
                printed["counted_code"] = other["counted_code"]
                return {"part_of": add("part_of", other["id"], 0.85, "metrics:done of a total")}
        return {}

    def relate_totals(self) -> None:
        """Relate a total of issues that is printed before the totals to the one there."""
        total = next((metric for metric in self.metrics if metric.get("indicator") == "issues_total"), None)
        for other in self.metrics if total else []:
            if total is None or other is total or other["scope"] != "notice" or "part_of" in other:
                continue
            if all(other.get(name) == total.get(name) for name in ("value", "multiplier", "unit_code", "counted_code")):
                other["same_as"] = self.guesses.add(
                    f"metrics/{other['id']}", "same_as", total["id"], 0.8, "metrics:the same total"
                )


def _is_part(part: dict[str, Any], whole: dict[str, Any]) -> bool:
    is_less = part["value"] * part["multiplier"] <= whole["value"] * whole["multiplier"]
    return bool(is_less and "%" not in (part.get("unit") or "") and "%" not in (whole.get("unit") or ""))


def _cut(parts: list[Span], markers: list[Span]) -> Iterator[Span]:
    """Yield parts, cut at the end of every marker: 1.2023年 is no decimal."""
    for part in parts:
        start = part.start
        for end in sorted(marker.end for marker in markers if part.contains(marker)):
            yield Span(start, end)
            start = end
        yield Span(start, part.end)

"""Where every record stands in the source. Other than the checker this passes over what it can't find."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.transcription.layout.types import Selector
from app.transcription.source import QuoteError, Source, Span
from app.workbench.folder import Content, Record
from app.workbench.records import address

_OF_SENTENCES = {
    "statements": ("actor", "prompted_by", "directive", "modality_text"),
    "metrics": ("value_text", "counted", "period_text", "comparison_text"),
}


@dataclass(frozen=True)
class Place:
    """The span of a record (`field` is then empty) or of one of its quoted fields."""

    record: str
    field: str
    span: Span


class Places:
    """The places of all records, the spans of whole sections, and of their texts."""

    def __init__(self, source: Source, content: Content) -> None:
        self.source = source
        self.sections: dict[str, Span] = {}
        self.bodies: dict[str, Span] = {}
        self.paragraphs: dict[str, list[Span]] = {}
        self.found: list[Place] = []
        self._find_sections(content)
        self._find_statements(content)
        self._find_numerals(content)
        for name in ("metrics", "contact", "documents", "organizations"):
            for n, record in enumerate(content.get(name, [])):
                self._find_quotes(name, address(name, record, n), record)
        self._find_notice(content["notice"])
        self._by_record = {(place.record, place.field): place.span for place in self.found}

    def of(self, record: str, field: str = "") -> Span | None:
        """Return the span of a record or of one of its fields."""
        return self._by_record.get((record, field))

    def section_of(self, span: Span) -> str | None:
        """Return the section in which a span lies."""
        return next((id for id, section in self.sections.items() if section.contains(span)), None)

    def statement_of(self, span: Span) -> str | None:
        """Return the address of the statement in which a span lies."""
        clauses = (place for place in self.found if not place.field and place.record.startswith("statements/"))
        return next((place.record for place in clauses if place.span.contains(span)), None)

    def sentence(self, span: Span) -> Span:
        """Return the sentence around a span, within the heading or the text of its section."""
        section = self.section_of(span)
        if section is None:
            return span
        parts = [self.of(f"sections/{section}", "heading"), self.bodies.get(section), self.sections[section]]
        return self.source.sentence(span, next(part for part in parts if part and part.contains(span)))

    def _add(self, record: str, field: str, span: Span | None) -> Span | None:
        if span:
            self.found.append(Place(record, field, span))
        return span

    def _next(self, text: Any, start: int, end: int) -> Span | None:
        found = self.source.text.find(text, start, end) if isinstance(text, str) and text else -1
        return Span(found, found + len(text)) if found >= 0 else None

    def _find_sections(self, content: Content) -> None:
        cursor, end = 0, self.source.whole.end
        for n, section in enumerate(content.get("sections", [])):
            name, spans = address("sections", section, n), list[Span]()
            if heading := self._add(name, "heading", self._next(section.get("heading"), cursor, end)):
                cursor = heading.end
                spans.append(heading)
            texts = []
            for text in section.get("text") or []:
                if span := self._next(text, cursor, end):
                    texts.append(span)
                    cursor = span.end
            if spans := [*spans, *texts]:
                whole = self.sections[section["id"]] = Span(spans[0].start, spans[-1].end)
                self._add(name, "", whole)
            if texts:
                self.paragraphs[section["id"]] = texts
                self.bodies[section["id"]] = Span(texts[0].start, texts[-1].end)
        for name in ("issues", "categories"):
            for n, record in enumerate(content.get(name, [])):
                heading = next((p.span for p in self.found if p.record == f"sections/{record.get('section')}"), None)
                self._add(address(name, record, n), "", heading)
                self._quote(address(name, record, n), "problem", record.get("problem"), heading)

    def _find_statements(self, content: Content) -> None:
        cursors: dict[str, int] = {}
        for n, statement in enumerate(content.get("statements", [])):
            body = self.bodies.get(statement.get("section"))
            if body is None:
                continue
            start = cursors.get(statement["section"], body.start)
            name = address("statements", statement, n)
            if span := self._add(name, "", self._next(statement.get("quote"), start, body.end)):
                cursors[statement["section"]] = span.end
                sentence = self.source.sentence(span, body)
                for field in _OF_SENTENCES["statements"]:
                    self._quote(name, field, statement.get(field), sentence)

    def _find_numerals(self, content: Content) -> None:
        cursors: dict[str, int] = {}
        for n, numeral in enumerate(content.get("numerals", [])):
            if within := self.sections.get(numeral.get("section")):
                start = cursors.get(numeral["section"], within.start)
                span = self._next(numeral.get("text"), start, within.end)
                if self._add(address("numerals", numeral, n), "", span) and span:
                    cursors[numeral["section"]] = span.end

    def _find_quotes(self, name: str, record_address: str, record: Record) -> None:
        section = self.sections.get(record.get("section") or "")
        if name == "metrics":
            sentence = self._quote(record_address, "quote", record.get("quote"), section)
            for field in _OF_SENTENCES["metrics"]:
                self._quote(record_address, field, record.get(field), sentence)
        elif name == "contact":
            for field in ("label", "text"):
                self._quote(record_address, field, record.get(field), section)
        for field in ("places", "mentions"):
            for n, place in enumerate(record.get(field) or []):
                within = self.sections.get(place.get("section") or "")
                self._quote(record_address, f"{field}.{n}.quote", place.get("quote"), within)

    def _find_notice(self, notice: Record) -> None:
        for field, value in _quotes_of_notice(notice):
            self._quote("notice", field, value, self.source.whole)
        cursor = 0
        for n, text in enumerate(notice.get("residue") or []):
            span = self._next(text, cursor, self.source.whole.end)
            # The same words may stand in a section, where they are no residue.
            while span and any(section.contains(span) for section in self.sections.values()):
                span = self._next(text, span.end, self.source.whole.end)
            if self._add("notice", f"residue.{n}", span) and span:
                cursor = span.end

    def _quote(self, record: str, field: str, quote: Any, within: Span | None) -> Span | None:
        if quote is None or within is None:
            return None
        try:
            words = Selector.model_validate(quote) if isinstance(quote, dict) else quote
            return self._add(record, field, self.source.find(words, within))
        except (QuoteError, ValueError):
            return None


def _quotes_of_notice(notice: Record) -> Iterator[tuple[str, Any]]:
    for field in ("title", "date_text", "source_name", "inspected_body"):
        yield field, notice.get(field)
    for field in ("text", "team_text", "period_text", "feedback_text"):
        yield f"inspection.{field}", (notice.get("inspection") or {}).get(field)

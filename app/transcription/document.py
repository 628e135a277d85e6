"""One notice under examination: its source text beside its transcription, and the spans found so far."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any

from app.transcription.findings import Findings
from app.transcription.layout.glossary import GlossaryEntry
from app.transcription.layout.notice import Issue, Transcription
from app.transcription.layout.types import Quote
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.parsing.terms import find_terms
from app.transcription.source import QuoteError, Source, Span, SpanIndex

# Punctuation between clauses and at the end of headings; no quote includes it.
CLAUSE_MARKS = ",，。;；"


@dataclass
class SourceDocument:
    """What every check works on and, once checked, what the rows are loaded from.

    `spans` maps the JSONPath of each quote, such as `$.metrics[3].value_text`, to its span in the source. The spans
    of whole sections, of their headings and of their paragraphs are kept by section id. `paragraphs` are all of them,
    and `apart` what is printed among the clauses of a text but is no part of one: residue, labels, a printed status.
    `terms` are those of the glossary, where they stand. `digest` is the hash of source and transcription.
    """

    source: Source
    transcription: Transcription
    digest: str
    vocabularies: dict[str, Vocabulary]
    findings: Findings
    spans: dict[str, Span] = field(default_factory=dict)
    section_spans: dict[str, Span] = field(default_factory=dict)
    heading_spans: dict[str, Span] = field(default_factory=dict)
    body_spans: dict[str, Span] = field(default_factory=dict)
    paragraphs: list[Span] = field(default_factory=list)
    apart: list[Span] = field(default_factory=list)
    residue: list[Span] = field(default_factory=list)
    terms: list[tuple[Span, GlossaryEntry]] = field(default_factory=list)
    read_twice: bool = False

    @property
    def slug(self) -> str:
        return self.transcription.notice.slug

    @property
    def is_draft(self) -> bool:
        return self.transcription.notice.stage == "draft"

    @cached_property
    def section_index(self) -> SpanIndex:
        """Which section a span stands in, once all have been found."""
        return SpanIndex(self.section_spans)

    @cached_property
    def statement_index(self) -> SpanIndex:
        """Which statement a span stands in."""
        return SpanIndex(self.statement_spans)

    @cached_property
    def statement_spans(self) -> dict[str, Span]:
        """The span of every statement by its id, once they have been found."""
        statements = self.transcription.statements
        return {statement.id: self.spans[f"$.statements[{n}].quote"] for n, statement in enumerate(statements)}

    @cached_property
    def issues(self) -> dict[str, Issue]:
        """The issue that each section is or is a part of: points under an issue belong to its text."""
        found = {issue.section: issue for issue in self.transcription.issues}
        told = {section.id for section in self.transcription.sections if section.role == "issue"}
        for section in self.transcription.sections:
            if {section.id, section.parent} <= told and section.id not in found and section.parent in found:
                found[section.id] = found[section.parent]
        return found

    def issue_span(self, issue: Issue, *, heading: bool = True) -> Span | None:
        """Return the span of an issue with its points, or that of its text without its heading; None if it has none."""
        points = [id for id, known in self.issues.items() if known.section == issue.section and id != issue.section]
        first = self.section_spans.get(issue.section) if heading else self.body_spans.get(issue.section)
        spans = [first, *(self.section_spans.get(point) for point in points)]
        found = [span for span in spans if span]
        return Span(found[0].start, found[-1].end) if found else None

    def report(self, path: str, message: str) -> None:
        """Add a finding of `notice.json`."""
        self.findings.add(path, message)

    def find(self, path: str, quote: Quote | None, within: Span | None) -> Span | None:
        """Return and keep the span of a quote; report it unless `within` contains it exactly once."""
        if quote is None or within is None:
            return None
        try:
            self.spans[path] = self.source.find(quote, within, self.residue)
        except QuoteError as error:
            self.report(path, str(error))
        return self.spans.get(path)

    def expect_next(self, path: str, text: str, start: int, end: int, marks: str = "") -> Span | None:
        """Return and keep the span of a text that must come next; report it if absent or if it skips anything.

        Only white space and `marks` may stand between `start` and the text.
        """
        found = self.source.text.find(text, start, end)
        if found < 0:
            expected, nearest = self.source.compare(text, Span(start, end))
            self.report(path, f"{expected!r} was not found after the preceding text; nearest: {nearest!r}")
            return None
        self.expect_blank(path, start, found, marks)
        self.spans[path] = Span(found, found + len(text))
        return self.spans[path]

    def expect_blank(self, path: str, start: int, end: int, marks: str = "", where: str = "") -> None:
        """Report what stands between two positions, except white space, `marks` and what is printed apart."""
        first = self.source.skip(start, marks)
        while marks and (span := next((span for span in self.apart if span.start <= first < span.end), None)):
            first = self.source.skip(span.end, marks)
        if first < end:
            self.report(path, f"left out here: {self.source[Span(first, end)].strip()[:80]!r}{where}")

    def sentence(self, span: Span, within: Span) -> Span:
        """Return the sentence that contains a span: it ends with 。, or where its paragraph does."""
        # The paragraphs follow one another: only the last that begins before the span can contain it.
        n = bisect_right(self.paragraphs, span.start, key=attrgetter("start")) - 1
        paragraph = self.paragraphs[n] if n >= 0 and self.paragraphs[n].contains(span) else within
        return self.source.sentence(span, paragraph if within.contains(paragraph) else within)

    def printed_forms(self, vocabulary: str) -> dict[str, list[str]]:
        """Return the printed forms of each code of a vocabulary."""
        return self.vocabularies[vocabulary].forms if vocabulary in self.vocabularies else {}

    def prints(self, vocabulary: str, code: str, text: str) -> bool:
        """Return whether a text contains a printed form of a code."""
        return any(form in text for form in self.printed_forms(vocabulary).get(code, ()))

    def codes_in(self, vocabulary: str, text: str) -> list[str]:
        """Return the codes of a vocabulary of which a text contains a printed form."""
        return [code for code in self.printed_forms(vocabulary) if self.prints(vocabulary, code, text)]

    def longest_codes_in(self, vocabulary: str, text: str) -> list[str]:
        """Return the codes of the printed forms in a text, of which a longer one hides a shorter one inside it."""
        forms = self.printed_forms(vocabulary)
        known = sorted({form for words in forms.values() for form in words}, key=len, reverse=True)
        found = set(re.findall("|".join(map(re.escape, known)) or "(?!)", text))
        return [code for code, words in forms.items() if found & set(words)]

    def find_terms(self, entries: Iterable[GlossaryEntry]) -> list[tuple[Span, GlossaryEntry]]:
        """Return every occurrence of a glossary term within a section; the residue of the web page is left out."""
        found = [(Span(start, end), entry) for start, end, entry in find_terms(self.source.text, entries)]
        found = [(span, entry) for span, entry in found if not any(line.overlaps(span) for line in self.residue)]
        return [(span, entry) for span, entry in found if self.section_index.containing(span)]

    def translation(self, english: str | None) -> str | None:
        """Return how the English of a record came about; None where there is none."""
        return self.transcription.notice.translation if english else None

    def field_columns(self, name: str, span: Span | None) -> dict[str, Any]:
        """Return the columns of a quoted field: `x`, `x_start`, `x_end`; all null without a span."""
        text, start, end = self._columns(span)
        return {name: text, f"{name}_start": start, f"{name}_end": end}

    def record_columns(self, name: str, span: Span | None) -> dict[str, Any]:
        """Return the columns of a record's own text: `text` or `quote`, `start`, `end`; all null without a span."""
        text, start, end = self._columns(span)
        return {name: text, "start": start, "end": end}

    def _columns(self, span: Span | None) -> tuple[str | None, int | None, int | None]:
        return (self.source[span], *span) if span else (None, None, None)

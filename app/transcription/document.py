"""The editor's document: one notice's source and transcription side by side, the places found so far, and the problems."""

from dataclasses import dataclass, field
from typing import Any

from app.transcription.findings import Findings
from app.transcription.layout.notice import Transcription
from app.transcription.layout.types import Quote
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.source import NotThere, Source, Span

# Between two clauses, and at the end of a heading, nothing may stand but these and blanks.
MARKS = ",，。;；"


@dataclass
class SourceDocument:
    """What every check works on. `at` maps a JSON path such as `$.metrics[3].value_text` to its place."""

    source: Source
    transcription: Transcription
    vocabularies: dict[str, Vocabulary]
    report: Findings
    at: dict[str, Span] = field(default_factory=dict)
    sections: dict[str, Span] = field(default_factory=dict)
    headings: dict[str, Span] = field(default_factory=dict)
    bodies: dict[str, Span] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.transcription.notice.slug

    def say(self, path: str, message: str) -> None:
        self.report.say(path, message)

    def find(self, path: str, quote: Quote | None, within: Span | None) -> Span | None:
        """Find a quote and keep its place; a problem unless it stands there just once."""
        if quote is None or within is None:
            return None
        try:
            self.at[path] = self.source.find(quote, within)
        except NotThere as error:
            self.say(path, str(error))
        return self.at.get(path)

    def follow(self, path: str, words: str, cursor: int, end: int, marks: str = "") -> Span | None:
        """Find words that must come next after `cursor`; a problem if they don't, or if anything is left out before."""
        start = self.source.text.find(words, cursor, end)
        if start < 0:
            said, nearest = self.source.compare(words, Span(cursor, end))
            self.say(path, f"{said!r} does not stand after what precedes it; nearest: {nearest!r}")
            return None
        self.nothing_between(path, cursor, start, marks)
        self.at[path] = Span(start, start + len(words))
        return self.at[path]

    def nothing_between(self, path: str, start: int, end: int, marks: str = "", where: str = "") -> None:
        """A problem if anything but blanks and `marks` stands between two places."""
        first = self.source.skip(start, marks)
        if first < end:
            self.say(path, f"left out here: {self.source[Span(first, end)].strip()[:80]!r}{where}")

    def forms(self, vocabulary: str) -> dict[str, list[str]]:
        """The printed words that mean each code."""
        terms = self.vocabularies[vocabulary].terms if vocabulary in self.vocabularies else []
        return {term.code: term.forms for term in terms}

    def said(self, vocabulary: str, words: str) -> list[str]:
        """The codes that printed words mean."""
        return [code for code, forms in self.forms(vocabulary).items() if any(form in words for form in forms)]

    def printed(self, name: str, span: Span | None) -> dict[str, Any]:
        """A printed field with its place: `x`, `x_start`, `x_end`; all null where nothing is printed."""
        text = self.source[span] if span else None
        return {name: text, f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}

    def quoted(self, name: str, span: Span | None) -> dict[str, Any]:
        """A record's own text with its place: `text` or `quote`, `start`, `end`."""
        text = self.source[span] if span else None
        return {name: text, "start": span.start if span else None, "end": span.end if span else None}

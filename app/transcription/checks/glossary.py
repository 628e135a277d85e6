"""The shape of `glossary.json`, shared by all notices, and its checks: each term explained once, and printed."""

import unicodedata
from collections.abc import Iterator, Sequence

from app.transcription.checks.identity import RESERVED
from app.transcription.checks.pinyin import slip
from app.transcription.checks.vocabulary import check_words
from app.transcription.document import SourceDocument
from app.transcription.findings import Findings
from app.transcription.glossary_terms import find_terms
from app.transcription.layout.types import Chinese, English, Id, Shape, Text
from app.transcription.source import Span


class Entry(Shape):
    """A term that stands in a notice and that a foreign reader can't know; `forms` are further printed forms of it.

    `not_in` are longer words that hold its characters by chance, as 区委员会 holds 区委.
    """

    id: Id
    term: Text
    forms: list[Text]
    not_in: list[Text]
    pinyin: Text
    en: English
    definition: Chinese
    definition_en: English
    uncertain: bool
    note: Chinese | None
    note_en: English | None


def check_glossary(entries: Sequence[Entry], report: Findings) -> None:
    """Ids and forms mean one thing, words are in their language, pinyin can be read, and doubts are explained."""
    ids: set[str] = set()
    forms: set[str] = set()
    for n, entry in enumerate(entries):
        path = f"$[{n}]"
        check_words(entry, {}, report, path)
        _check_names(entry, ids, forms, report, path)
        if found := slip(entry.term, entry.pinyin):
            report.say(f"{path}.pinyin", f"{entry.pinyin!r} {found}")
        if (entry.note is None) != (entry.note_en is None):
            report.say(f"{path}.note", "stands in one language only")
        elif entry.uncertain and entry.note is None:
            report.say(f"{path}.note", "what is uncertain is told in a note")
        if n and _alphabetical(entry) < _alphabetical(entries[n - 1]):
            report.say(path, f"{entry.pinyin!r} comes before {entries[n - 1].pinyin!r} in the alphabet")


def _check_names(entry: Entry, ids: set[str], forms: set[str], report: Findings, path: str) -> None:
    if entry.id in ids:
        report.say(f"{path}.id", f"{entry.id!r} stands for something else already")
    if entry.id in RESERVED:
        report.say(f"{path}.id", f"{entry.id!r} is reserved for addresses")
    ids.add(entry.id)
    for step, form in _forms(entry):
        if form in forms:
            report.say(f"{path}{step}", f"{form!r} is explained already")
        forms.add(form)
    for n, word in enumerate(entry.not_in):
        if not any(form in word and form != word for _, form in _forms(entry)):
            report.say(f"{path}.not_in[{n}]", f"{word!r} is no longer word that holds the term")


def check_printed(entries: Sequence[Entry], printed: set[str], report: Findings) -> Findings:
    """Every form stands in a notice, and somewhere not only as a part of a longer one; `printed` are those found."""
    for n, entry in enumerate(entries):
        for step, form in _forms(entry):
            if form not in printed:
                report.say(f"$[{n}]{step}", f"{form!r} stands in no notice, or only within longer terms")
    return report


def standing(document: SourceDocument, entries: Sequence[Entry]) -> list[tuple[Span, Entry]]:
    """Where the terms stand in a notice, without what the web page left around it."""
    places = [(Span(start, end), entry) for start, end, entry in find_terms(document.source.text, entries)]
    return [place for place in places if any(section.holds(place[0]) for section in document.sections.values())]


def _forms(entry: Entry) -> Iterator[tuple[str, str]]:
    """Every printed form with its step from the entry's path."""
    yield ".term", entry.term
    yield from ((f".forms[{n}]", form) for n, form in enumerate(entry.forms))


def _alphabetical(entry: Entry) -> str:
    """The pinyin's letters and digits alone."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", entry.pinyin).casefold()))

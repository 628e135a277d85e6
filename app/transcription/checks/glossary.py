"""Checks of `glossary.json`: each term is explained once, readable, and printed in a notice."""

import unicodedata
from collections.abc import Iterator, Sequence

from app.transcription.checks.pinyin import pinyin_error
from app.transcription.checks.records import RESERVED_IDS
from app.transcription.checks.vocabulary import check_record
from app.transcription.findings import Findings
from app.transcription.layout.glossary import GlossaryEntry


def check_glossary(entries: Sequence[GlossaryEntry], findings: Findings) -> None:
    """Check that ids and forms are unique, texts are in their language, pinyin is valid, and doubts have a note."""
    ids: set[str] = set()
    forms: set[str] = set()
    for n, entry in enumerate(entries):
        path = f"$[{n}]"
        check_record(entry, {}, findings, path)
        _check_names(entry, ids, forms, findings, path)
        if error := pinyin_error(entry.term, entry.pinyin):
            findings.add(f"{path}.pinyin", f"{entry.pinyin!r} {error}")
        if (entry.note is None) != (entry.note_en is None):
            findings.add(f"{path}.note", "is given in one language only")
        elif entry.uncertain and entry.note is None:
            findings.add(f"{path}.note", "an uncertain entry needs a note")
        if n and _sort_key(entry) < _sort_key(entries[n - 1]):
            findings.add(path, f"{entry.pinyin!r} comes before {entries[n - 1].pinyin!r} in the alphabet")


def _check_names(entry: GlossaryEntry, ids: set[str], forms: set[str], findings: Findings, path: str) -> None:
    """Check the id, the forms and the words of `not_in`; add the names to those that are used already."""
    if entry.id in ids:
        findings.add(f"{path}.id", f"{entry.id!r} is used already")
    if entry.id in RESERVED_IDS:
        findings.add(f"{path}.id", f"{entry.id!r} is reserved for addresses")
    ids.add(entry.id)
    for step, form in _forms(entry):
        if form in forms:
            findings.add(f"{path}{step}", f"{form!r} is explained already")
        forms.add(form)
    for n, word in enumerate(entry.not_in):
        if not any(form in word and form != word for _, form in _forms(entry)):
            findings.add(f"{path}.not_in[{n}]", f"{word!r} is not a longer word that contains the term")


def check_occurrences(entries: Sequence[GlossaryEntry], printed: set[str], findings: Findings) -> None:
    """Check that every form is among the `printed` ones, which were found in the notices outside longer terms."""
    for n, entry in enumerate(entries):
        for step, form in _forms(entry):
            if form not in printed:
                findings.add(f"$[{n}]{step}", f"{form!r} is printed in no notice, or only within longer terms")


def _forms(entry: GlossaryEntry) -> Iterator[tuple[str, str]]:
    """Yield every printed form, after its path within the entry."""
    yield ".term", entry.term
    yield from ((f".forms[{n}]", form) for n, form in enumerate(entry.forms))


def _sort_key(entry: GlossaryEntry) -> str:
    """Return the letters and digits of the pinyin, without tone marks."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", entry.pinyin).casefold()))

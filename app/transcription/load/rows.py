"""All rows of a seed: those of each notice, of the vocabularies and the glossary they share, and of the releases."""

import json
from collections.abc import Iterable, Iterator

from sqlmodel import SQLModel

from app.models.change import CorrectionRow, ReleaseRow, record_path
from app.models.decimal import format_json
from app.models.glossary import GlossaryEntryRow, OccurrenceRow
from app.models.vocabulary import TermRow, VocabularyRow
from app.transcription.document import SourceDocument
from app.transcription.layout.glossary import GlossaryEntry
from app.transcription.layout.releases import Release
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.load.issues import issue_rows
from app.transcription.load.metrics import metric_rows
from app.transcription.load.outline import outline_rows
from app.transcription.load.places import document_rows, organization_rows


def notice_rows(document: SourceDocument, position: int) -> list[SQLModel]:
    """Return every row of one notice in a fixed order, referenced rows before those that refer to them."""
    issues = [*outline_rows(document, position), *issue_rows(document)]
    return [*issues, *metric_rows(document), *organization_rows(document), *document_rows(document)]


def vocabulary_rows(vocabularies: dict[str, Vocabulary]) -> Iterator[SQLModel]:
    """Yield every vocabulary, followed by its terms."""
    for position, (name, vocabulary) in enumerate(vocabularies.items()):
        yield VocabularyRow(name=name, position=position, zh=vocabulary.zh, en=vocabulary.en)
        for n, term in enumerate(vocabulary.terms):
            yield TermRow(vocabulary=name, position=n, **term.model_dump(exclude={"forms"}))


def glossary_rows(glossary: list[GlossaryEntry]) -> list[GlossaryEntryRow]:
    """Return every entry of the glossary."""
    return [GlossaryEntryRow(**entry.model_dump()) for entry in glossary]


def occurrence_rows(document: SourceDocument) -> list[OccurrenceRow]:
    """Return every occurrence of a glossary term in one notice."""
    return [
        OccurrenceRow(notice=document.slug, entry_id=entry.id, **document.record_columns("text", span))
        for span, entry in document.terms
    ]


def release_rows(releases: Iterable[Release]) -> Iterator[ReleaseRow | CorrectionRow]:
    """Yield every release, followed by its corrections, whose values become plain JSON."""
    releases = list(releases)
    withdrawn = {each.uid for release in releases for each in release.corrections if each.field is None}
    for release in releases:
        yield ReleaseRow(**release.model_dump(exclude={"corrections"}))
        for position, correction in enumerate(release.corrections):
            values = {name: json.loads(format_json(getattr(correction, name))) for name in ("old", "new")}
            values["path"] = None if correction.uid in withdrawn else record_path(correction.uid)
            yield CorrectionRow(release=release.day, position=position, **correction.model_dump() | values)

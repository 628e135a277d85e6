"""What was checked as table rows: every quote with its place, every figure with what follows from it."""

from collections.abc import Iterator

from sqlmodel import SQLModel

from app.models.glossary import GlossaryEntryRow, OccurrenceRow
from app.models.vocabulary import TermRow, VocabularyRow
from app.transcription.checks.glossary import Entry, standing
from app.transcription.document import SourceDocument
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.load.issues import issue_rows
from app.transcription.load.metrics import metric_rows
from app.transcription.load.outline import outline_rows


def notice_rows(document: SourceDocument, position: int) -> list[SQLModel]:
    """Every row of one notice, in an order that never changes, referenced rows first."""
    return [*outline_rows(document, position), *issue_rows(document), *metric_rows(document)]


def vocabulary_rows(vocabularies: dict[str, Vocabulary]) -> Iterator[SQLModel]:
    """Every vocabulary with its terms."""
    for position, (name, vocabulary) in enumerate(vocabularies.items()):
        yield VocabularyRow(name=name, position=position, zh=vocabulary.zh, en=vocabulary.en)
        for place, term in enumerate(vocabulary.terms):
            yield TermRow(vocabulary=name, position=place, **term.model_dump(exclude={"forms"}))


def glossary_rows(glossary: list[Entry]) -> list[GlossaryEntryRow]:
    """Every entry of the glossary."""
    return [GlossaryEntryRow(**entry.model_dump()) for entry in glossary]


def occurrence_rows(document: SourceDocument, glossary: list[Entry]) -> list[OccurrenceRow]:
    """Every place of one notice at which a term of the glossary stands."""
    return [
        OccurrenceRow(notice=document.slug, entry_id=entry.id, **document.quoted("text", span))
        for span, entry in standing(document, glossary)
    ]

"""A checked edition as table rows: every quote with its place, every figure with what follows from it."""

from collections.abc import Iterator

from sqlmodel import SQLModel

from app.models.glossary import GlossaryEntryRow, OccurrenceRow
from app.models.vocabulary import TermRow, VocabularyRow
from app.transcription.desk import Desk
from app.transcription.edition import Edition
from app.transcription.glossary import Entry, standing
from app.transcription.issue_rows import issue_rows
from app.transcription.metric_rows import metric_rows
from app.transcription.outline_rows import outline_rows


def rows(edition: Edition) -> Iterator[SQLModel]:
    """Every row of the database, in an order that never changes, referenced rows first."""
    yield from _vocabularies(edition)
    yield from (GlossaryEntryRow(position=n, **entry.model_dump()) for n, entry in enumerate(edition.glossary))
    for position, desk in enumerate(edition.notices):
        yield from outline_rows(desk, position)
        yield from issue_rows(desk)
        yield from metric_rows(desk)
        yield from _occurrences(desk, edition.glossary)


def _vocabularies(edition: Edition) -> Iterator[SQLModel]:
    for position, (name, vocabulary) in enumerate(edition.vocabularies.items()):
        yield VocabularyRow(name=name, position=position, zh=vocabulary.zh, en=vocabulary.en)
        for place, term in enumerate(vocabulary.terms):
            yield TermRow(vocabulary=name, position=place, **term.model_dump(exclude={"forms"}))


def _occurrences(desk: Desk, glossary: list[Entry]) -> Iterator[SQLModel]:
    for position, (span, entry) in enumerate(standing(desk, glossary)):
        place = desk.quoted("text", span)
        yield OccurrenceRow(notice=desk.slug, position=position, entry_id=entry.id, **place)

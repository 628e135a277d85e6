"""A checked edition as table rows: every quote with its place, every figure with what follows from it."""

from collections.abc import Iterator

from sqlmodel import SQLModel

from app.models.vocabulary import TermRow, VocabularyRow
from app.transcription.edition import Edition
from app.transcription.issue_rows import issue_rows
from app.transcription.metric_rows import metric_rows
from app.transcription.outline_rows import outline_rows


def rows(edition: Edition) -> Iterator[SQLModel]:
    """Every row of the database, in an order that never changes, referenced rows first."""
    yield from _vocabularies(edition)
    for position, desk in enumerate(edition.notices):
        yield from outline_rows(desk, position)
        yield from issue_rows(desk)
        yield from metric_rows(desk)


def _vocabularies(edition: Edition) -> Iterator[SQLModel]:
    for position, (name, vocabulary) in enumerate(edition.vocabularies.items()):
        yield VocabularyRow(name=name, position=position, zh=vocabulary.zh, en=vocabulary.en)
        for place, term in enumerate(vocabulary.terms):
            yield TermRow(vocabulary=name, position=place, **term.model_dump(exclude={"forms"}))

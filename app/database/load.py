"""What is loaded into a database, whichever it is: the rows of all tables, and the texts that are searched."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Protocol

from sqlalchemy import Table
from sqlmodel import SQLModel

from app.database.select import table_of
from app.database.serialize import serialize_notice
from app.models.issue import LABELS, IssueLabelRow, IssueRow
from app.models.notice import NoticeRow
from app.models.passage import PassageRow
from app.models.snapshot import SnapshotRow
from app.transcription.load.passages import Passage, passage_rows
from app.transcription.load.rows import glossary_rows, notice_rows, occurrence_rows, release_rows, vocabulary_rows
from app.transcription.seed import Seed

# Fields whose column has another name.
_COLUMNS = {"class_": "class"}
_PROGRESS = 100  # notices between two lines about the progress, on standard error

Values = dict[str, Any]


class Loader(Protocol):
    """Takes what is loaded, in the order in which it comes."""

    def insert(self, table: Table, rows: list[Values]) -> None:
        """Take rows of a table, by the names of its columns."""

    def index(self, passages: Sequence[Passage]) -> None:
        """Take the texts by which passages are found."""


def load(seed: Seed, fingerprint: str, loader: Loader) -> None:
    """Hand on all that a seed holds, notice after notice, so that memory does not grow with their number.

    Raises `InvalidSeed` at the end if the checks have found anything.
    """
    _insert(loader, [*vocabulary_rows(seed.vocabularies), *glossary_rows(seed.glossary)])
    _load_notices(seed, loader)
    released = seed.releases[-1].day
    snapshot = SnapshotRow(data_version=seed.data_version, fingerprint=fingerprint, released=released)
    _insert(loader, [*release_rows(seed.releases), snapshot])


def _load_notices(seed: Seed, loader: Loader) -> None:
    loaded = Counter[type[SQLModel]]()
    for position, document in enumerate(seed.documents()):
        rows = notice_rows(document, position)
        serialize_notice(rows, seed.releases[-1])
        labels, passages = _labels(rows, loaded[IssueRow]), _passages(rows, loaded)
        occurrences = occurrence_rows(document, seed.glossary)
        _insert(loader, [*rows, *labels, *(passage.row for passage in passages), *occurrences])
        loader.index(passages)
        if (position + 1) % _PROGRESS == 0:
            print(f"{position + 1} of {len(seed.slugs)} notices loaded", file=sys.stderr, flush=True)


def _labels(rows: Iterable[SQLModel], before: int) -> Iterator[IssueLabelRow]:
    issues = (row for row in rows if isinstance(row, IssueRow))
    for record, issue in enumerate(issues, before + 1):
        for field in LABELS:
            yield from (IssueLabelRow(record=record, field=field, code=code) for code in getattr(issue, field))


def _passages(rows: Sequence[SQLModel], loaded: Counter[type[SQLModel]]) -> list[Passage]:
    """Return a notice's passages, and note in its own row which they are."""
    notice = next(row for row in rows if isinstance(row, NoticeRow))
    notice.first_passage = loaded[PassageRow] + 1
    passages = list(passage_rows(rows, loaded))
    notice.last_passage = loaded[PassageRow]
    return passages


def _insert(loader: Loader, rows: Iterable[SQLModel]) -> None:
    for kind, group in groupby(rows, type):
        # Into the table, not through the class: the class inserts rows one by one where other columns are null.
        loader.insert(table_of(kind), _values(group))


def _values(rows: Iterable[SQLModel]) -> list[Values]:
    """Return rows by the names of their columns."""
    return [{_COLUMNS.get(name, name): value for name, value in row} for row in rows]

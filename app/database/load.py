"""Loading a database, whichever it is: the rows of all tables, and the texts that are searched."""

import sys
from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlmodel import SQLModel

from app.database.prepare import Prepared, Values, to_values
from app.database.workers import examine_all
from app.models.snapshot import SnapshotRow
from app.transcription.load.passages import Passage
from app.transcription.load.rows import glossary_rows, release_rows, vocabulary_rows
from app.transcription.seed import Seed

_PROGRESS = 100  # notices between two lines about the progress, on standard error


class Loader(Protocol):
    """Takes what is loaded, in the order in which it comes."""

    def insert(self, table: str, rows: Sequence[Values]) -> None:
        """Take rows of a table: the number of each, or None, and the values of its columns in their order."""

    def index(self, passages: Sequence[Passage]) -> None:
        """Take the texts by which passages are found."""


def load(seed: Seed, fingerprint: str, loader: Loader) -> None:
    """Hand on all that a seed holds, notice after notice, so that memory does not grow with their number.

    Raises `InvalidSeed` at the end if the checks have found anything.
    """
    insert_rows(loader, [*vocabulary_rows(seed.vocabularies), *glossary_rows(seed.glossary)])
    for count, notice in enumerate(seed.settle(examine_all(seed)), 1):
        insert_notice(loader, notice)
        if count % _PROGRESS == 0:
            print(f"{count} of {len(seed.slugs)} notices loaded", file=sys.stderr, flush=True)
    released = seed.releases[-1].day
    snapshot = SnapshotRow(data_version=seed.data_version, fingerprint=fingerprint, released=released)
    insert_rows(loader, [*release_rows(seed.releases), snapshot])


def insert_notice(loader: Loader, notice: Prepared) -> None:
    """Insert all rows of one notice."""
    for table, rows in notice.rows:
        loader.insert(table, rows)
    loader.index(notice.passages)


def insert_rows(loader: Loader, rows: Iterable[SQLModel]) -> None:
    """Insert rows that notices share, and let the database number them."""
    for table, values in to_values((None, row) for row in rows):
        loader.insert(table, values)

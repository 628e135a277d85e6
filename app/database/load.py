"""Loading a database, whichever it is: the rows of all tables, and the texts that are searched."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlmodel import SQLModel

from app.database.counts import Counts, count_rows
from app.database.fingerprint import Fingerprint
from app.database.prepare import Prepared, Values, to_values
from app.database.workers import examine_all
from app.models.snapshot import LoadedRow, SnapshotRow
from app.transcription.load.rows import glossary_rows, release_rows, vocabulary_rows
from app.transcription.seed import Examined, Seed

_MOST_COUNTS = 100_000  # that are added up in memory before they are handed on
_PROGRESS = 100  # notices between two lines about the progress, on standard error


class Loader(Protocol):
    """Takes what is loaded, in the order in which it comes."""

    def insert(self, table: str, rows: Sequence[Values]) -> None:
        """Take rows of a table: the number of each, or None, and the values of its columns in their order."""

    def index(self, texts: Sequence[Values]) -> None:
        """Take the texts by which passages are found: the number of each passage, and its texts in their order."""

    def count(self, rows: Iterable[Values]) -> None:
        """Add to the counts of records that are there: rows of their table."""


def load(seed: Seed, fingerprint: Fingerprint, loader: Loader) -> None:
    """Hand on all that a seed holds, notice after notice, so that memory does not grow with their number.

    Raises `InvalidSeed` at the end if the checks have found anything.
    """
    insert_rows(loader, [*vocabulary_rows(seed.vocabularies), *glossary_rows(seed.glossary)])
    load_notices(seed, examine_all(seed), loader)
    load_releases(seed, fingerprint, loader)


def load_notices(seed: Seed, examined: Iterable[Examined[Prepared]], loader: Loader) -> None:
    """Insert the rows of each notice that was prepared, and add what they count."""
    counts: Counts = {}
    for count, notice in enumerate(seed.settle(examined), 1):
        for table, rows in notice.rows:
            loader.insert(table, rows)
        loader.index(notice.texts)
        for collection, counted in notice.counts.items():
            counts.setdefault(collection, Counter()).update(counted)
        if sum(map(len, counts.values())) > _MOST_COUNTS:
            loader.count(count_rows(counts))
            counts.clear()
        if count % _PROGRESS == 0:
            print(f"{count} of {len(seed.slugs)} notices loaded", file=sys.stderr, flush=True)
    loader.count(count_rows(counts))


def load_releases(seed: Seed, fingerprint: Fingerprint, loader: Loader) -> None:
    """Insert the releases, and what was loaded."""
    loaded = [
        LoadedRow(slug=slug, position=n, files=fingerprint.notices.get(slug, ""), digest=seed.digests[slug])
        for n, slug in enumerate(seed.slugs)
    ]
    released, version = seed.releases[-1].day, seed.data_version
    snapshot = SnapshotRow(
        data_version=version, fingerprint=fingerprint.whole, shared=fingerprint.shared, released=released
    )
    insert_rows(loader, [*release_rows(seed.releases), *loaded, snapshot])


def insert_rows(loader: Loader, rows: Iterable[SQLModel]) -> None:
    """Insert rows that notices share, and let the database number them."""
    for table, values in to_values((None, row) for row in rows):
        loader.insert(table, values)

"""Building the database: notice after notice from the seed, so that memory does not grow with their number."""

import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, insert, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, create_engine

from app.database.checksum import is_sound, seal
from app.database.drafts import draft_folder, locked
from app.database.errors import DatabaseError
from app.database.select import table_of
from app.database.serialize import serialize_glossary, serialize_notice, serialize_occurrences, serialize_releases
from app.database.sqlite import CREATE_INDEX, FILL_INDEX, SETTINGS, read_fingerprint, tokens
from app.models.issue import LABELS, IssueLabelRow, IssueRow
from app.models.notice import NoticeRow
from app.models.passage import PassageRow
from app.models.snapshot import SnapshotRow
from app.transcription.findings import InvalidSeed
from app.transcription.load.passages import Passage, passage_rows
from app.transcription.load.rows import glossary_rows, notice_rows, occurrence_rows, release_rows, vocabulary_rows
from app.transcription.seed import Seed, load_seed

# Fields whose column has another name.
_COLUMNS = {"class_": "class"}
_PROGRESS = 100  # notices between two lines about the progress, on standard error


def build(seed: Path, path: Path, fingerprint: str, drafts: bool = False) -> None:
    """Check the seed, build the database beside `path` and move it there, unless a sound one of it has come there.

    Of several that start at once one builds, and the others wait for it. Raises `InvalidSeed` with all that the check
    finds, and `DatabaseError` where the folder can't be written or is full.
    """
    checked, existed = load_seed(seed, drafts), path.parent.exists()
    try:
        with _told(path), draft_folder(path) as folder, locked(path.parent):
            if not is_built(path, fingerprint):
                _fill(folder / path.name, checked, fingerprint)
                seal(folder / path.name)
                (folder / path.name).chmod(0o644)
                (folder / path.name).replace(path)
    except InvalidSeed:
        if not existed:
            path.parent.rmdir()
        raise


def is_built(path: Path, fingerprint: str) -> bool:
    """Whether a sound database with this fingerprint is there."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return is_sound(descriptor) and read_fingerprint(path) == fingerprint
    finally:
        os.close(descriptor)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the errors of a disk into those that an operator understands."""
    remedy = "set NOTICE_DATABASE to a folder that can be, or to a database built beforehand"
    try:
        yield
    except OSError as error:
        raise DatabaseError(f"{path.parent} can't be written ({error.strerror}): {remedy}") from None
    except DBAPIError as error:
        raise DatabaseError(f"{path} can't be written ({error.orig}): {remedy}") from None


def _fill(path: Path, seed: Seed, fingerprint: str) -> None:
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path), poolclass=NullPool)
    with Session(engine) as session:
        for statement in SETTINGS:
            session.connection().execute(text(statement))
        SQLModel.metadata.create_all(session.connection())
        session.connection().execute(text(CREATE_INDEX))
        entries = glossary_rows(seed.glossary)
        serialize_glossary(entries)
        _insert(session, [*vocabulary_rows(seed.vocabularies), *entries])
        _load(session, seed)
        releases = list(release_rows(seed.releases))
        serialize_releases(releases)
        released = seed.releases[-1].day
        snapshot = SnapshotRow(data_version=seed.data_version, fingerprint=fingerprint, released=released)
        _insert(session, [*releases, snapshot])
        session.connection().execute(text("analyze"))  # so that SQLite reads one notice by an index on the notice
        session.commit()
        if dangling := session.connection().execute(text("pragma foreign_key_check")).all():
            raise DatabaseError(f"the load left dangling references: {dangling}")


def _load(session: Session, seed: Seed) -> None:
    """Insert every notice."""
    loaded = Counter[type[SQLModel]]()
    for position, document in enumerate(seed.documents()):
        rows = notice_rows(document, position)
        serialize_notice(rows, seed.releases[-1])
        labels, passages = _labels(rows, loaded[IssueRow]), _passages(rows, loaded)
        occurrences = occurrence_rows(document, seed.glossary)
        serialize_occurrences(occurrences)
        _insert(session, [*rows, *labels, *(passage.row for passage in passages), *occurrences])
        _index(session, passages)
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


def _insert(session: Session, rows: Iterable[SQLModel]) -> None:
    for kind, group in groupby(rows, type):
        # Into the table, not through the class: the class inserts rows one by one where other columns are null.
        session.connection().execute(insert(table_of(kind)), _values(group))


def _values(rows: Iterable[SQLModel]) -> list[dict[str, Any]]:
    """Return rows by the names of their columns."""
    return [{_COLUMNS.get(name, name): value for name, value in row} for row in rows]


def _index(session: Session, passages: Iterable[Passage]) -> None:
    entries = [
        {"rowid": passage.row.rowid, **{name: tokens(value) for name, value in passage.texts.items()}}
        for passage in passages
    ]
    session.connection().execute(text(FILL_INDEX), entries)

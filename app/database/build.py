"""Building the database: notice after notice from the seed, so that memory does not grow with their number."""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, insert, text
from sqlmodel import Session, SQLModel, create_engine

from app.database.select import table_of
from app.database.serialize import serialize_glossary, serialize_notice, serialize_occurrences, serialize_releases
from app.database.sqlite import CREATE_INDEX, FILL_INDEX, tokens
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


class DatabaseError(Exception):
    """The database can't be built, or is not of this data; the message names the setting that helps."""


def build(seed: Path, path: Path, fingerprint: str, drafts: bool = False) -> None:
    """Check the seed, build the database beside `path` and move it there.

    Of several that start at once the first to finish wins, and the others drop their own. Raises `InvalidSeed` with all
    that the check finds, and `DatabaseError` where the folder can't be written.
    """
    checked, existed = load_seed(seed, drafts), path.parent.exists()
    draft = _create_draft(path)
    try:
        _fill(draft, checked, fingerprint)
        draft.chmod(0o644)
        _move(draft, path)
    except InvalidSeed:
        draft.unlink()
        if not existed:
            path.parent.rmdir()
        raise
    finally:
        draft.unlink(missing_ok=True)


def _create_draft(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        remedy = "set NOTICE_DATABASE to a folder that can be, or to a database built beforehand"
        raise DatabaseError(f"{path.parent} can't be written ({error.strerror}): {remedy}") from None
    os.close(handle)
    return Path(name)


def _move(draft: Path, path: Path) -> None:
    """Put the draft in its place, unless another process has done so."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # Some file systems have no links. The name tells the content, so replacing changes nothing.
        draft.replace(path)


def _fill(path: Path, seed: Seed, fingerprint: str) -> None:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
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

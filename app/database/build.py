"""The building of the database: notice after notice from the seed, so that memory does not grow with their number."""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, Table, insert, inspect, text
from sqlmodel import Session, SQLModel, create_engine

from app.database.serialize import render, render_glossary, render_occurrences
from app.models.issue import LABELS, IssueLabelRow, IssueRow
from app.models.notice import NoticeRow
from app.models.passage import PassageRow, spaced
from app.models.snapshot import SnapshotRow
from app.transcription.findings import InvalidSeed
from app.transcription.load.passages import Passage, passage_rows
from app.transcription.load.rows import glossary_rows, notice_rows, occurrence_rows, vocabulary_rows
from app.transcription.seed import Seed, load_seed

# Fields whose column is called otherwise.
_COLUMNS = {"class_": "class"}
_TOLD = 100  # notices; so many are loaded between two lines on standard error


class DatabaseError(Exception):
    """The database can't be built, or is not of this data; the message names the setting that mends it."""


def build(seed: Path, path: Path, fingerprint: str) -> None:
    """Check the seed, build the database beside `path` and move it there; `InvalidSeed` if the check finds anything.

    Of several starters the first to finish wins, and the others drop their own: none can harm another.
    """
    edition, there = load_seed(seed), path.parent.exists()
    draft = _draft(path)
    try:
        _fill(draft, edition, fingerprint)
        draft.chmod(0o644)
        _move(draft, path)
    except InvalidSeed:
        draft.unlink()
        if not there:
            path.parent.rmdir()
        raise
    finally:
        draft.unlink(missing_ok=True)


def _move(draft: Path, path: Path) -> None:
    """Put the draft in its place, unless another starter has done so."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # Some file systems have no links. The name tells the content, so replacing changes nothing.
        draft.replace(path)


def _draft(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        mend = "set NOTICE_DATABASE to a folder that can be, or to a database built beforehand"
        raise DatabaseError(f"{path.parent} can't be written ({error.strerror}): {mend}") from None
    os.close(handle)
    return Path(name)


def _fill(path: Path, edition: Seed, fingerprint: str) -> None:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        entries = glossary_rows(edition.glossary)
        render_glossary(entries)
        _insert(session, [*vocabulary_rows(edition.vocabularies), *entries])
        released = _load(session, edition)
        _insert(session, [SnapshotRow(data_version=edition.data_version, fingerprint=fingerprint, released=released)])
        session.connection().execute(text("analyze"))  # so that a query of one notice goes by the notice
        session.commit()
        if dangling := session.connection().execute(text("pragma foreign_key_check")).all():
            raise DatabaseError(f"the load left dangling references: {dangling}")


def _load(session: Session, edition: Seed) -> date:
    """Put every notice in; the day on which the last of them was released."""
    released, loaded = date.min, Counter[type[SQLModel]]()
    for position, document in enumerate(edition.documents()):
        rows = notice_rows(document, position)
        render(rows, edition.data_version)
        labels, passages = _labels(rows, loaded[IssueRow]), _passages(rows, loaded)
        occurrences = occurrence_rows(document, edition.glossary)
        render_occurrences(occurrences)
        _insert(session, [*rows, *labels, *(passage.row for passage in passages), *occurrences])
        _index(session, passages)
        released = max(released, document.transcription.notice.released)
        if (position + 1) % _TOLD == 0:
            print(f"{position + 1} of {len(edition.slugs)} notices loaded", file=sys.stderr, flush=True)
    return released


def _labels(rows: Iterable[SQLModel], before: int) -> Iterator[IssueLabelRow]:
    issues = (row for row in rows if isinstance(row, IssueRow))
    for record, issue in enumerate(issues, before + 1):
        for field in LABELS:
            yield from (IssueLabelRow(record=record, field=field, code=code) for code in getattr(issue, field))


def _passages(rows: Sequence[SQLModel], loaded: Counter[type[SQLModel]]) -> list[Passage]:
    """The passages of a notice, whose row is told where they lie."""
    notice = next(row for row in rows if isinstance(row, NoticeRow))
    notice.first_passage = loaded[PassageRow] + 1
    passages = list(passage_rows(rows, loaded))
    notice.last_passage = loaded[PassageRow]
    return passages


def _insert(session: Session, rows: Iterable[SQLModel]) -> None:
    for kind, group in groupby(rows, type):
        # Most rows are plain records, since mapped ones take far longer to make; what maps their table is a subclass.
        # The table itself is filled: through the class, rows would go in apart wherever other columns are null.
        table: Table = inspect(next(iter(kind.__subclasses__()), kind)).local_table
        session.connection().execute(insert(table), _values(group))


def _values(rows: Iterable[SQLModel]) -> list[dict[str, Any]]:
    """Rows by the names of their columns."""
    return [{_COLUMNS.get(name, name): value for name, value in row} for row in rows]


def _index(session: Session, passages: Iterable[Passage]) -> None:
    entries = [{"rowid": p.row.rowid, "title": spaced(p.title), "body": spaced(p.body)} for p in passages]
    session.connection().execute(
        text("insert into passage_index (rowid, title, body) values (:rowid, :title, :body)"), entries
    )

"""The building of the database: notice after notice from the seed, so that memory does not grow with their number."""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from pathlib import Path

from sqlalchemy import NullPool, insert, text
from sqlmodel import Session, SQLModel, create_engine

from app.models.edition import EditionRow
from app.models.passage import PassageRow, spaced
from app.rendering import render, render_glossary, render_occurrences
from app.transcription.edition import Edition, read_edition
from app.transcription.passage_rows import passage_rows
from app.transcription.problems import Refused
from app.transcription.rows import glossary_rows, notice_rows, occurrence_rows, vocabulary_rows

_TOLD = 100  # notices; so many are loaded between two lines on standard error


class UnusableDatabase(Exception):
    """The database can't be built, or is not of this data; the message names the setting that mends it."""


def build(seed: Path, path: Path, fingerprint: str) -> None:
    """Check the seed, build the database beside `path` and move it there; `Refused` if the check finds anything.

    Of several starters the first to finish wins, and the others drop their own: none can harm another.
    """
    edition, there = read_edition(seed), path.parent.exists()
    draft = _draft(path)
    try:
        _fill(draft, edition, fingerprint)
        draft.chmod(0o644)
        _move(draft, path)
    except Refused:
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
        raise UnusableDatabase(f"{path.parent} can't be written ({error.strerror}): {mend}") from None
    os.close(handle)
    return Path(name)


def _fill(path: Path, edition: Edition, fingerprint: str) -> None:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        entries = glossary_rows(edition.glossary)
        render_glossary(entries)
        _insert(session, [*vocabulary_rows(edition.vocabularies), *entries])
        released = _load(session, edition)
        _insert(session, [EditionRow(data_version=edition.data_version, fingerprint=fingerprint, released=released)])
        session.commit()
        if dangling := session.connection().execute(text("pragma foreign_key_check")).all():
            raise UnusableDatabase(f"the load left dangling references: {dangling}")


def _load(session: Session, edition: Edition) -> date:
    """Put every notice in; the day on which the last of them was released."""
    released, loaded = date.min, Counter[type[SQLModel]]()
    for position, desk in enumerate(edition.desks()):
        rows = notice_rows(desk, position)
        render(rows, edition.data_version)
        passages, occurrences = list(passage_rows(rows, loaded)), occurrence_rows(desk, edition.glossary)
        render_occurrences(occurrences)
        _insert(session, [*rows, *passages, *occurrences])
        _index(session, passages)
        released = max(released, desk.transcription.notice.released)
        if (position + 1) % _TOLD == 0:
            print(f"{position + 1} of {len(edition.slugs)} notices loaded", file=sys.stderr, flush=True)
    return released


def _insert(session: Session, rows: Iterable[SQLModel]) -> None:
    for table, group in groupby(rows, type):
        session.exec(insert(table), params=[dict(row) for row in group])


def _index(session: Session, passages: Iterable[PassageRow]) -> None:
    entries = [{"rowid": p.rowid, "title": spaced(p.folded_title), "body": spaced(p.folded_body)} for p in passages]
    session.connection().execute(
        text("insert into passage_index (rowid, title, body) values (:rowid, :title, :body)"), entries
    )

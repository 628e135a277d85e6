"""Building the SQLite file: beside its place, sealed with its checksum, and moved there as a whole."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, Table, insert, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, create_engine

from app.database.checksum import is_sound, seal
from app.database.errors import DatabaseError
from app.database.load import Values, load
from app.database.sqlite import CREATE_INDEX, ENGLISH, FILL_INDEX, SETTINGS, read_fingerprint, tokens
from app.database.temporary import locked, temporary_folder
from app.models.decimal import format_json
from app.transcription.findings import InvalidSeed
from app.transcription.load.passages import Passage
from app.transcription.seed import Seed, load_seed


def build(seed: Path, path: Path, fingerprint: str, drafts: bool = False) -> None:
    """Check the seed, build the database beside `path` and move it there, unless a sound one of it has come there.

    Of several that start at once one builds, and the others wait for it. Raises `InvalidSeed` with all that the check
    finds, and `DatabaseError` where the folder can't be written or is full.
    """
    checked, existed = load_seed(seed, drafts), path.parent.exists()
    try:
        with _disk_errors(path), temporary_folder(path) as folder, locked(path.parent):
            if not is_built(path, fingerprint):
                new = folder / path.name
                _fill(new, checked, fingerprint)
                seal(new)
                new.chmod(0o644)
                new.replace(path)
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
def _disk_errors(path: Path) -> Iterator[None]:
    """Turn the errors of a disk into those that an operator understands."""
    remedy = "set NOTICE_DATABASE to a folder that can be, or to a database built beforehand"
    try:
        yield
    except OSError as error:
        raise DatabaseError(f"{path.parent} can't be written ({error.strerror}): {remedy}") from None
    except DBAPIError as error:
        raise DatabaseError(f"{path} can't be written ({error.orig}): {remedy}") from None


def _fill(path: Path, seed: Seed, fingerprint: str) -> None:
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(path), poolclass=NullPool, json_serializer=format_json
    )
    with Session(engine) as session:
        for statement in SETTINGS:
            session.connection().execute(text(statement))
        SQLModel.metadata.create_all(session.connection())
        session.connection().execute(text(CREATE_INDEX))
        load(seed, fingerprint, _Loader(session))
        session.connection().execute(text("analyze"))  # so that SQLite reads one notice by an index on the notice
        session.commit()
        if dangling := session.connection().execute(text("pragma foreign_key_check")).all():
            raise DatabaseError(f"the load left dangling references: {dangling}")


class _Loader:
    def __init__(self, session: Session) -> None:
        self.session = session

    def insert(self, table: Table, rows: list[Values]) -> None:
        self.session.connection().execute(insert(table), rows)

    def index(self, passages: Sequence[Passage]) -> None:
        entries = [
            {
                "rowid": passage.row.rowid,
                **{name: tokens(value, name in ENGLISH) for name, value in passage.texts.items()},
            }
            for passage in passages
        ]
        self.session.connection().execute(text(FILL_INDEX), entries)

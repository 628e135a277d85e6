"""Building the SQLite file: beside its place, sealed with its checksum, and moved there as a whole."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import StaticPool
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, create_engine

from app.database.checksum import is_sound, seal
from app.database.errors import DatabaseError
from app.database.load import load
from app.database.prepare import Values, is_numbered
from app.database.sqlite import CREATE_INDEX, ENGLISH, FILL_INDEX, SETTINGS, TEXTS, read_fingerprint, tokens
from app.database.temporary import locked, temporary_folder
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
    except (DBAPIError, sqlite3.Error) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseError(f"{path} can't be written ({reason}): {remedy}") from None


def _fill(path: Path, seed: Seed, fingerprint: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in SETTINGS:
            connection.execute(statement)
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        SQLModel.metadata.create_all(engine)
        connection.execute(CREATE_INDEX)
        load(seed, fingerprint, _Loader(connection))
        connection.execute("analyze")  # so that SQLite reads one notice by an index on the notice
        if dangling := connection.execute("pragma foreign_key_check").fetchall():
            raise DatabaseError(f"the load left dangling references: {dangling}")
        connection.commit()


class _Loader:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def insert(self, table: str, rows: Sequence[Values]) -> None:
        numbered = is_numbered(SQLModel.metadata.tables[table])
        self.connection.executemany(_insertion(table), rows if numbered else [row[1:] for row in rows])

    def index(self, passages: Sequence[Passage]) -> None:
        entries = (
            (passage.row.rowid, *(tokens(passage.texts[name], name in ENGLISH) for name in TEXTS))
            for passage in passages
        )
        self.connection.executemany(FILL_INDEX, entries)


@cache
def _insertion(table: str) -> str:
    """Return the statement that inserts a row into a table, with its number where rows have one of their own."""
    of = SQLModel.metadata.tables[table]
    columns = [*(["rowid"] if is_numbered(of) else []), *of.columns.keys()]
    names = ", ".join(f'"{column}"' for column in columns)
    return f'insert into "{table}" ({names}) values ({", ".join("?" * len(columns))})'

"""Building the SQLite file: beside its place, sealed with its checksum, and moved there as a whole."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.database.checksum import is_sound, seal
from app.database.errors import DatabaseError
from app.database.fingerprint import Fingerprint
from app.database.load import load
from app.database.sqlite import read_fingerprint
from app.database.sqlite_load import Loader, create_tables
from app.database.temporary import locked, temporary_folder
from app.database.update import update
from app.transcription.findings import InvalidSeed
from app.transcription.seed import Seed, load_seed


def build(seed: Path, path: Path, fingerprint: Fingerprint, drafts: bool = False) -> None:
    """Check the seed, build the database beside `path` and move it there, unless a sound one of it has come there.

    Where an earlier database lies in the same folder, notices that have not changed since are taken from it.

    Of several that start at once one builds, and the others wait for it. Raises `InvalidSeed` with all that the check
    finds, and `DatabaseError` where the folder can't be written or is full.
    """
    checked, existed = load_seed(seed, drafts), os.path.isdir(path.parent)
    try:
        with _disk_errors(path), temporary_folder(path) as folder, locked(path.parent):
            if not is_built(path, fingerprint.whole):
                new = folder / path.name
                if not update(new, path.parent, checked, fingerprint):
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
    except sqlite3.Error as error:
        raise DatabaseError(f"{path} can't be written ({error}): {remedy}") from None


def _fill(path: Path, seed: Seed, fingerprint: Fingerprint) -> None:
    with closing(sqlite3.connect(path)) as connection:
        create_tables(connection)
        load(seed, fingerprint, Loader(connection))
        connection.execute("analyze")  # so that SQLite reads one notice by an index on the notice
        if dangling := connection.execute("pragma foreign_key_check").fetchall():
            raise DatabaseError(f"the load left dangling references: {dangling}")
        connection.commit()

"""The database: one file for one state of data and software, built when it is not there, then only ever read."""

import hashlib
import sqlite3
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import finalize

from app.database.build import DatabaseError, build
from app.models.snapshot import SnapshotRow

_SOFTWARE = Path(__file__).resolve().parent.parent
_CODE = (".py", ".json", ".md", ".sql")


class Database:
    """The data of one seed folder, opened when first asked for, so that importing the app has no effects.

    `place` is a folder, in which the file's name tells which data and software it is of, or a file (with a suffix).
    """

    def __init__(self, seed: Path, place: Path) -> None:
        self.seed, self.place = seed, place
        self._idle: deque[sqlite3.Connection] = deque()

    @cached_property
    def fingerprint(self) -> str:
        """Hash of all that the database is made from: the seed's files, and the code that loads them."""
        content = hashlib.sha256()
        files = [("seed", self.seed, path) for path in self.seed.rglob("*") if path.suffix in (".json", ".txt")]
        files += [("app", _SOFTWARE, path) for path in _SOFTWARE.rglob("*") if path.suffix in _CODE]
        # By names within the two folders, wherever they lie.
        for name, path in sorted((f"{kind}/{path.relative_to(root)}", path) for kind, root, path in files):
            content.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
        return content.hexdigest()

    @property
    def path(self) -> Path:
        if self.place.suffix and not self.place.is_dir():
            return self.place
        return self.place / f"notices-{self.fingerprint[:16]}.sqlite3"

    @property
    def release(self) -> Path:
        """The folder of what is made of the database for people to take away, beside it."""
        return self.path.parent / f"release-{self.fingerprint[:16]}"

    @cached_property
    def file(self) -> str:
        """The address of the database for SQLite itself, built if it is not there; SQLite then refuses to write."""
        if not self.path.exists():
            build(self.seed, self.path, self.fingerprint)
        address = f"file:{quote(str(self.path.resolve()))}?mode=ro&immutable=1"
        _check(address, self.path, self.fingerprint)
        finalize(self, _close, self._idle)  # whoever drops the database leaves no connection open
        return address

    def fetch(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Every row of a statement."""
        with self.connection() as connection:
            return connection.execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Every row of a statement, one after another; to be closed where it is not read to its end.

        It has a connection of its own: one that is left to the garbage collector may be closed by it.
        """
        with closing(_connect(self.file)) as connection:
            yield from connection.execute(sql, values)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that nobody else uses meanwhile. Idle ones are kept: each holds its prepared statements."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = _connect(self.file)
        try:
            yield connection
        finally:
            self._idle.append(connection)

    @cached_property
    def snapshot(self) -> SnapshotRow:
        """Which data and which software the database is of."""
        ((data_version, fingerprint, released),) = self.fetch("select data_version, fingerprint, released from edition")
        return SnapshotRow(data_version=data_version, fingerprint=fingerprint, released=date.fromisoformat(released))


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, check_same_thread=False, cached_statements=512)


def _close(connections: deque[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()


def _check(address: str, path: Path, fingerprint: str) -> None:
    try:
        with closing(_connect(address)) as connection:
            found = connection.execute("select fingerprint from edition").fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found != (fingerprint,):
        mend = "remove it to have it built anew, or set NOTICE_DATABASE elsewhere"
        raise DatabaseError(f"{path} is no database of this data and this software: {mend}")

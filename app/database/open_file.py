"""A SQLite file that is open: what the file system notes of it, the connections to it, and how it is read.

Connections read the file that was checked, not whatever has its name later. After every statement the file's identity
is looked at: as long as it is the same, nobody has written to it, and what was read is what was built.
"""

import os
import sqlite3
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from weakref import finalize

from app.database.checksum import SMALL, is_sound, is_unwritten
from app.database.errors import Unavailable
from app.database.select import Row
from app.database.sqlite import connect

_READY = 8  # connections that are there from the start, for the time when the file has lost its name
_PATIENCE = 5  # seconds for which a connection is waited for then


class Identity(NamedTuple):
    """What a file system notes of a file. Whatever writes to the file changes one of these."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, file: int | Path) -> "Identity":
        """Return that of a descriptor or of a path; raise `OSError` where there is none."""
        stat = os.stat(file)
        return cls(stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)

    @property
    def file(self) -> tuple[int, int]:
        """What tells the file from all others, whatever is written to it."""
        return self.device, self.inode


class OpenFile:
    """A file that is open, with connections to it: it is read as long as it is, whatever becomes of its name."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises `OSError`, and `sqlite3.Error` where there are too few descriptors."""
        self.path, self.descriptor = path, os.open(path, os.O_RDONLY)
        self.identity = Identity.of(self.descriptor)
        self.idle: deque[sqlite3.Connection] = deque()
        self.is_closed = False
        finalize(self, _close, self.descriptor, self.idle)

    def prepare(self) -> None:
        """Open the connections that are there from the start."""
        self.idle.extend([self._connect() for _ in range(_READY)])

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for exclusive use. Idle ones are kept, with their prepared statements."""
        try:
            connection = self.idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        finally:
            if self.is_closed:
                connection.close()
            else:
                self.idle.append(connection)

    def close(self) -> None:
        """Close idle connections now, those in use afterwards, and the file when nobody looks at it any more."""
        self.is_closed = True
        while self.idle:
            self.idle.pop().close()

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing has happened to the file."""
        return Identity.of(self.descriptor) == self.identity

    @property
    def is_named(self) -> bool:
        """Whether the path still leads to the file."""
        try:
            return Identity.of(self.path).file == self.identity.file
        except OSError:
            return False

    def is_sound(self) -> bool:
        """Whether the file is as it was built: read whole, unless it is large and its time says that it is."""
        if self.identity.size > SMALL and is_unwritten(self.descriptor):
            return True
        return is_sound(self.descriptor)

    def _connect(self) -> sqlite3.Connection:
        """Return a new connection, or one that is given back in the meantime; SQLite can open a file by name only."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self.is_named:
                connection = connect(self.path)
                if self.is_named:
                    return connection
                connection.close()
            if self.idle:
                return self.idle.pop()
            time.sleep(0.005)
        raise Unavailable(f"{self.path} has been moved or removed, and all connections to it are in use")


def _close(descriptor: int, connections: deque[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()
    os.close(descriptor)


class Reader(ABC):
    """Reads one open file after another: which it is, and what is done about one that changes, is a subclass's."""

    path: Path
    file: OpenFile | None = None

    @abstractmethod
    def open(self) -> OpenFile:
        """Return the file that is read, opened at first use."""

    @abstractmethod
    def inspect(self, file: OpenFile, failure: sqlite3.Error | None) -> None:
        """Find out what has happened to a file that has changed, or could not be read; raise what can't be mended."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of an SQL statement. Raises `DatabaseError`, never returns what was not built."""
        for _ in range(3):
            file, failure = self.file or self.open(), None
            try:
                with file.connection() as connection:
                    rows = connection.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                failure = error
            if file.is_unchanged and failure is None:
                return rows
            self.inspect(file, failure)
        raise Unavailable(f"{self.path} keeps changing")

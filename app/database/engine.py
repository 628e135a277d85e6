"""The database: one file for one state of data and software, built when it is not there, then only ever read."""

import hashlib
import sqlite3
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import finalize

from app.database.build import DatabaseError, build
from app.database.clauses import Column
from app.database.select import Build, Select, compile_statement, page, rows, total
from app.database.sqlite import DIALECT, connect
from app.models.snapshot import SnapshotRow

Row = tuple[Any, ...]

_SOFTWARE = Path(__file__).resolve().parent.parent
_CODE = (".py", ".json", ".md", ".sql")


class Database:
    """The data of one seed folder, opened at first use, so that importing the app has no effects.

    `place` is a folder, in which the file's name tells which data and software it is of, or a file (with a suffix).
    With `drafts` it holds these too.
    Every method that reads raises `DatabaseError` where the database can't be built or opened.
    """

    def __init__(self, seed: Path, place: Path, drafts: bool = False) -> None:
        self.seed, self.place, self.drafts = seed, place, drafts
        self._idle: deque[sqlite3.Connection] = deque()

    @cached_property
    def fingerprint(self) -> str:
        """The hash of all that the database is made from: the seed's files, and the code that loads them."""
        content = hashlib.sha256(b"with drafts" if self.drafts else b"")
        files = [("seed", self.seed, path) for path in self.seed.rglob("*") if path.suffix in (".json", ".txt")]
        files += [("app", _SOFTWARE, path) for path in _SOFTWARE.rglob("*") if path.suffix in _CODE]
        # Names within the two folders, so that it does not matter where these lie.
        for name, path in sorted((f"{kind}/{path.relative_to(root)}", path) for kind, root, path in files):
            content.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
        return content.hexdigest()

    @property
    def path(self) -> Path:
        """The database's file."""
        if self.place.suffix and not self.place.is_dir():
            return self.place
        return self.place / f"notices-{self.fingerprint[:16]}.sqlite3"

    @property
    def release(self) -> Path:
        """The folder beside it for the release's files."""
        return self.path.parent / f"release-{self.fingerprint[:16]}"

    @cached_property
    def file(self) -> Path:
        """The database's file, built if it is not there and checked to be of this data and this software."""
        if not self.path.exists():
            build(self.seed, self.path, self.fingerprint, self.drafts)
        _check(self.path, self.fingerprint)
        finalize(self, _close_all, self._idle)
        return self.path

    @cached_property
    def snapshot(self) -> SnapshotRow:
        """Which data and which software the database is of."""
        ((data_version, fingerprint, released),) = self.execute(
            "select data_version, fingerprint, released from snapshot"
        )
        return SnapshotRow(data_version=data_version, fingerprint=fingerprint, released=date.fromisoformat(released))

    def fetch(self, select: Select, *columns: Column, build: Build = rows, more: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a select. `more` are the values that `build` takes beside those of the clauses."""
        statement = compile_statement(build, select.shape, columns, DIALECT)
        return self.execute(statement.sql, statement.arrange((*select.values, *more)))

    def fetch_page(self, select: Select, *columns: Column, limit: int, offset: int) -> list[Row]:
        """Return some of the rows of a select."""
        return self.fetch(select, *columns, build=page, more=(limit, offset))

    def count(self, select: Select) -> int:
        """Return the number of rows of a select."""
        ((count,),) = self.fetch(select, build=total)
        return int(count)

    def stream(self, select: Select, *columns: Column) -> Generator[Row]:
        """Yield the rows of a select one after another; to be closed where it is not read to its end.

        It has a connection of its own, since a connection that is left to the garbage collector may be closed by it.
        """
        statement = compile_statement(rows, select.shape, columns, DIALECT)
        with closing(connect(self.file)) as connection:
            yield from connection.execute(statement.sql, statement.arrange(select.values))

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of an SQL statement."""
        with self.connection() as connection:
            return connection.execute(sql, values).fetchall()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for exclusive use. Idle ones are kept, with their prepared statements."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = connect(self.file)
        try:
            yield connection
        finally:
            self._idle.append(connection)


def _close_all(connections: deque[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()


def _check(path: Path, fingerprint: str) -> None:
    try:
        with closing(connect(path)) as connection:
            found = connection.execute("select fingerprint from snapshot").fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found != (fingerprint,):
        remedy = "remove it to have it built anew, or set NOTICE_DATABASE elsewhere"
        raise DatabaseError(f"{path} is no database of this data and this software: {remedy}")

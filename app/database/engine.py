"""The database: one for one state of data and software, built when it is not there, then only ever read."""

import os
import sqlite3
from array import array
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.database.build import build
from app.database.counts import COUNT, select_counts_by, select_total
from app.database.errors import DatabaseError
from app.database.fingerprint import Fingerprint, compute_fingerprint
from app.database.select import Column, Row, Select, Shape, in_, rowid, unordered
from app.database.sqlite_file import SQLiteFile
from app.database.statements import Build, compile_statement, page, rows, totals
from app.models.snapshot import SnapshotRow
from app.transcription.seed import load_seed

if TYPE_CHECKING:
    from app.database.postgresql import PostgreSQL

_FOLDER = Path(__file__).resolve().parents[2] / "var"  # for the release's files, where the database is not in a folder
_BATCH = 256  # rows of a stream that are read together


class Database:
    """The data of one seed folder, opened at first use, so that importing the app has no effects.

    `place` is a folder, in which the file's name tells which data and software it is of, or a file (with a suffix), or
    the address of a PostgreSQL database. With `drafts` it holds these too.
    Every method that reads raises `DatabaseError` where the database can't be built or opened.
    """

    def __init__(self, seed: Path, place: Path | str, drafts: bool = False) -> None:
        self.seed, self.place, self.drafts = seed, place, drafts
        self.is_local = not isinstance(place, str)  # whether reading takes less time than handing it on to a thread

    @cached_property
    def fingerprint(self) -> str:
        """The hash of all that the database is made from: the seed's files, and the code that loads them."""
        return self._fingerprint.whole

    @cached_property
    def _fingerprint(self) -> Fingerprint:
        return self._compute_fingerprint()

    def _compute_fingerprint(self) -> Fingerprint:
        folder = _FOLDER if isinstance(self.place, str) else self.place
        notes = folder.parent if folder.suffix and not os.path.isdir(folder) else folder
        return compute_fingerprint(self.seed, notes, self.drafts)

    @property
    def path(self) -> Path:
        """The database's file; of a database in PostgreSQL, the one that there would be without it."""
        place = _FOLDER if isinstance(self.place, str) else self.place
        # Not by `Path`, which raises an error where it may not look.
        if place.suffix and not os.path.isdir(place):
            return place
        return place / f"notices-{self.fingerprint[:16]}.sqlite3"

    @property
    def release(self) -> Path:
        """The folder beside it for the release's files."""
        return self.path.parent / f"release-{self.fingerprint[:16]}"

    @cached_property
    def engine(self) -> "SQLiteFile | PostgreSQL":
        """What reads it."""
        if isinstance(self.place, str):
            try:
                from app.database.postgresql import PostgreSQL
            except ImportError:
                raise DatabaseError("PostgreSQL needs psycopg: install the extra `postgresql`") from None
            return PostgreSQL(self.place, self._fingerprint, lambda: load_seed(self.seed, self.drafts))
        fingerprint = self._fingerprint
        put = partial(build, self.seed, self.path, fingerprint, self.drafts)
        return SQLiteFile(self.path, fingerprint.whole, put, lambda: self._compute_fingerprint() == fingerprint)

    def prune(self) -> list[str]:
        """Remove what was built of other data or by other versions; return what it was."""
        return self.engine.prune()

    @property
    def file(self) -> Path:
        """The database's file, built if it is not there and checked to be of this data and this software."""
        self.engine.open()
        return self.path

    @cached_property
    def snapshot(self) -> SnapshotRow:
        """Which data and which software the database is of."""
        columns = ("data_version", "fingerprint", "shared", "released")
        (values,) = self.execute(f"select {', '.join(columns)} from snapshot")
        found = dict(zip(columns, values, strict=True))
        return SnapshotRow(**found | {"released": date.fromisoformat(found["released"])})

    def fetch(self, select: Select, *columns: Column, build: Build = rows, more: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a select. `more` are the values that `build` takes beside those of the clauses."""
        return self._fetch(build, select.shape, columns, (*select.values, *more))

    def fetch_page(self, select: Select, *columns: Column, limit: int, offset: int) -> tuple[list[Row], int]:
        """Return some of the rows of a select, and how many there are."""
        shape, values = select.shape, select.values
        found = self._fetch(page, shape, columns, (*values, limit, offset))
        is_last = len(found) < limit and (found or offset == 0)
        return found, offset + len(found) if is_last else self.count(select)

    def count(self, select: Select) -> int:
        """Return the number of rows of a select."""
        if select.model and (kept := select_total(select)) is not None:
            return sum(count for (count,) in self.fetch(kept, COUNT.c.count, build=unordered))
        ((count,),) = self.fetch(select, build=totals)
        return int(count)

    def kept_counts(self, select: Select, field: str) -> dict[str, int] | None:
        """Return the number of records of a select by the values of a field, as texts; None if they are not kept."""
        kept = select_counts_by(select, field)
        if kept is None:
            return None
        counts: Counter[str] = Counter()
        for value, count in self.fetch(kept, COUNT.c.other_value, COUNT.c.count, build=unordered):
            counts[value] += count
        return counts

    def stream(self, select: Select, *columns: Column) -> Generator[Row]:
        """Yield the rows of a select one after another.

        Which rows these are is read first, and then some of them at a time, so that no connection is held while a slow
        client reads.
        """
        row = rowid(select.table)
        numbers = array("q", [number for (number,) in self.fetch(select, row)])
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            found = self.fetch(Select(select.table, (in_(row, batch),)), row, *columns, build=unordered)
            by_number = {values[0]: values[1:] for values in found}
            yield from (by_number[number] for number in batch)

    def _fetch(self, build: Build, shape: Shape, columns: tuple[Column, ...], values: Sequence[Any]) -> list[Row]:
        engine = self.engine
        statement = compile_statement(build, shape, columns, engine.dialect)
        pool = (*values, *statement.constants)
        return engine.execute(statement.sql, [pool[position] for position in statement.positions])

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of an SQL statement."""
        return self.engine.execute(sql, values)

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection of the file for exclusive use."""
        assert isinstance(self.engine, SQLiteFile)
        with self.engine.connection() as connection:
            yield connection

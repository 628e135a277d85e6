"""The SQLite file that is read: checked when it is opened, watched while it is, and replaced when it is damaged."""

import logging
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread, get_native_id
from typing import Literal

from app.database.checksum import SMALL, is_ours, is_sound, is_unwritten
from app.database.errors import DatabaseError, Unavailable
from app.database.open_file import Identity, OpenFile, Reader
from app.database.sqlite import DIALECT, words_clause
from app.database.temporary import remove_leftovers
from app.transcription.findings import InvalidSeed

_RETRY = 10  # seconds between two attempts to build a damaged database anew
_LOWEST_PRIORITY = 19
_REMEDY = "remove it to have it built anew, or set NOTICE_DATABASE elsewhere"
logger = logging.getLogger("zhenggai")


class SQLiteFile(Reader):
    """The database of one fingerprint, at a path: built if it is not there, and built anew if it is damaged."""

    name: Literal["sqlite"] = "sqlite"
    dialect = DIALECT
    words_clause = staticmethod(words_clause)

    def __init__(self, path: Path, fingerprint: str, build: Callable[[], None], is_current: Callable[[], bool]) -> None:
        """`build` puts a sound file in place, and `is_current` tells whether it would still be of this fingerprint."""
        self.path, self.fingerprint, self._build, self._is_current = path, fingerprint, build, is_current
        self._lock = Lock()
        self._lost = False  # whether the file was found damaged after it had been served
        self._repair: Thread | None = None
        self._repair_after = 0.0

    @property
    def place(self) -> str:
        """Where the data lies."""
        return str(self.path)

    def prune(self) -> list[str]:
        """Remove the databases and the releases of other fingerprints from the folder; return their paths."""
        if self.fingerprint[:16] not in self.path.name:
            return []  # a file that was set by its name has no others beside it
        found = [path for kind in ("notices-*.sqlite3", "release-*") for path in self.path.parent.glob(kind)]
        others = [path for path in sorted(found) if self.fingerprint[:16] not in path.name]
        for path in others:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        return [str(path) for path in others]

    def close(self) -> None:
        """Close the connections that are idle."""
        if self.file is not None:
            self.file.close()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for exclusive use."""
        with self.open().connection() as connection:
            yield connection

    def open(self) -> OpenFile:
        """Return the file, opened at first use. Raises `DatabaseError`, and `InvalidSeed` where it has to be built."""
        file = self.file
        if file is None:
            with self._lock:
                if self.file is None:
                    if self._lost:
                        self._begin_repair()
                        raise Unavailable(f"{self.path} is damaged, and is being built anew")
                    self.file = self._open()
                file = self.file
        return file

    def _open(self) -> OpenFile:
        """Return the sound file, built before if need be."""
        remove_leftovers(self.path)
        if not os.path.lexists(self.path):
            self._build()
        for _ in range(3):
            try:
                if file := self._opened():
                    return file
            except OSError as error:
                remedy = "make it readable, or set NOTICE_DATABASE elsewhere"
                raise DatabaseError(f"{self.path} can't be read ({error.strerror}): {remedy}") from None
            logger.warning("%s is damaged, and is built anew from the seed", self.path)
            self._build()
        raise DatabaseError(f"{self.path} is damaged each time it is built: the disk may be failing")

    def _opened(self) -> OpenFile | None:
        """Return the file if it is sound and ours, None if it is damaged; `DatabaseError` if it is another."""
        file = OpenFile(self.path)
        # A large file that was found damaged may still have the time of one that is sound.
        if not (is_sound(file.descriptor) if self._lost else file.is_sound()):
            # The name of a file in a folder of ours holds the fingerprint; at a path that was set may be anything.
            if self.fingerprint[:16] in self.path.name or is_ours(file.descriptor):
                return None
            raise DatabaseError(f"{self.path} is no database of this data and this software: {_REMEDY}")
        file.prepare()
        with file.connection() as connection:
            found = connection.execute("select fingerprint from snapshot").fetchone()
        if found != (self.fingerprint,):
            raise DatabaseError(f"{self.path} is no database of this data and this software: {_REMEDY}")
        if file.identity.size > SMALL:
            Thread(target=self._read_whole, args=(file,), daemon=True).start()
        return file

    def _read_whole(self, file: OpenFile) -> None:
        """Check a large file that has only been looked at so far, while nobody else needs the processor."""
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, get_native_id(), _LOWEST_PRIORITY)  # of this thread alone
        if not is_sound(file.descriptor) and file.is_unchanged:
            with self._lock:
                if self.file is file:
                    self._lose(file)

    def inspect(self, file: OpenFile, failure: sqlite3.Error | None) -> None:
        """Find out what has happened to a file, and go on with it or without it; raise what has happened to nobody."""
        with self._lock:
            if self.file is not file:
                return  # another thread has found out
            identity = Identity.of(file.descriptor)
            is_small = identity.size <= SMALL
            sound = is_sound(file.descriptor) if is_small else is_unwritten(file.descriptor) and failure is None
            if not sound or Identity.of(file.descriptor) != identity:
                self._lose(file)
            elif identity == file.identity and failure is not None:
                raise failure if not _is_passing(failure) else Unavailable(f"{self.path}: {failure}") from failure
            elif file.is_named:
                self.file = self._open()
                file.close()
            else:
                # It was removed, or replaced by another: it is read on until there is one at its place again.
                file.identity = identity
                logger.warning("%s has been removed or replaced; what was opened is served on", self.path)
                self._begin_repair()

    def _lose(self, file: OpenFile) -> None:
        """Go on without a damaged file."""
        logger.error("%s is damaged: nothing is read from it any more, and it is built anew from the seed", self.path)
        self.file, self._lost = None, True
        file.close()
        self._begin_repair()

    def _begin_repair(self) -> None:
        if (self._repair is None or not self._repair.is_alive()) and time.monotonic() >= self._repair_after:
            self._repair_after = time.monotonic() + _RETRY
            self._repair = Thread(target=self._put_back, daemon=True)
            self._repair.start()

    def _put_back(self) -> None:
        """Have a sound file at the path, and read that from now on."""
        try:
            if not self._is_current():
                raise DatabaseError("the seed or the software has changed since the start: restart the service")
            file = self._open()
        except (DatabaseError, InvalidSeed, OSError, sqlite3.Error) as error:
            logger.error("%s can't be replaced: %s", self.path, error)
            return
        with self._lock:
            before, self.file, self._lost = self.file, file, False
            if before is not None:
                before.close()
        logger.warning("%s is sound again, and is served", self.path)


def _is_passing(failure: sqlite3.Error) -> bool:
    """Whether something is missing at the moment: descriptors or memory."""
    return isinstance(failure, sqlite3.OperationalError) and "open" in str(failure)

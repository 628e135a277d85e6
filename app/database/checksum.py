"""The checksum of a database file: written behind the last page when it is built, so that damage is never served.

SQLite knows from its header how many pages there are and does not look at what follows them.

A file of ten gigabytes takes its time to be read. So the checksum is also put into the fraction of a second of the
file's time of modification, which every later write changes. A large file that has this time is taken to be as it was
built, and is read whole afterwards, in the background.
"""

import hashlib
import os
from pathlib import Path

_MARK = b"zhenggai sha-256"
_TRAILER = len(_MARK) + hashlib.sha256().digest_size
_BLOCK = 1 << 20  # bytes that are read at a time
_SECOND = 10**9  # nanoseconds
SMALL = 64 * 2**20  # bytes; up to this size a file is always read whole before it is served
# The beginning of every SQLite file, and the number that tells ours apart (SQLite's `application_id`): "zhgg".
_SQLITE = b"SQLite format 3\0"
APPLICATION_ID = int.from_bytes(b"zhgg", "big")
_APPLICATION_ID_AT = 68  # bytes from the beginning


def seal(path: Path) -> None:
    """Write the checksum of a file behind its content, in place of an earlier one, and have the disk keep both."""
    with path.open("r+b") as file:
        size = _content_size(file.fileno())
        file.truncate(size)
        digest = _digest(file.fileno(), size)
        file.seek(0, os.SEEK_END)
        file.write(_MARK + digest)
        file.flush()
        os.fsync(file.fileno())
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns // _SECOND * _SECOND + _fraction(digest)))


def is_sound(descriptor: int) -> bool:
    """Read a whole file: whether it ends with a checksum and that is its own."""
    trailer = _read_trailer(descriptor)
    return trailer is not None and _digest(descriptor, os.fstat(descriptor).st_size - _TRAILER) == trailer


def copy_sound(path: Path, copy: Path) -> bool:
    """Copy a file without its checksum, and return whether that is its own."""
    with path.open("rb") as file, copy.open("wb") as out:
        trailer, content = _read_trailer(file.fileno()), hashlib.sha256()
        rest = _content_size(file.fileno())
        while rest and (block := file.read(min(_BLOCK, rest))):
            content.update(block)
            out.write(block)
            rest -= len(block)
    return content.digest() == trailer


def is_unwritten(descriptor: int) -> bool:
    """Whether a file's time of modification is that of its checksum. It costs the same at any size."""
    trailer = _read_trailer(descriptor)
    return trailer is not None and os.fstat(descriptor).st_mtime_ns % _SECOND == _fraction(trailer)


def is_ours(descriptor: int) -> bool:
    """Whether a file is, by its beginning or its end, a database that this software has built, damaged or not."""
    head = os.pread(descriptor, _APPLICATION_ID_AT + 4, 0)
    begins = head.startswith(_SQLITE) and head[_APPLICATION_ID_AT:] == APPLICATION_ID.to_bytes(4, "big")
    return begins or not head or _read_trailer(descriptor) is not None


def _read_trailer(descriptor: int) -> bytes | None:
    """Return the checksum that a file ends with; None if it ends with none."""
    size = os.fstat(descriptor).st_size
    trailer = os.pread(descriptor, _TRAILER, size - _TRAILER) if size > _TRAILER else b""
    return trailer[len(_MARK) :] if trailer.startswith(_MARK) else None


def _content_size(descriptor: int) -> int:
    size = os.fstat(descriptor).st_size
    return size if _read_trailer(descriptor) is None else size - _TRAILER


def _digest(descriptor: int, size: int) -> bytes:
    """Return the hash of the first bytes of a file."""
    content, place = hashlib.sha256(), 0
    while place < size:
        block = os.pread(descriptor, min(_BLOCK, size - place), place)
        if not block:
            break
        content.update(block)
        place += len(block)
    return content.digest()


def _fraction(digest: bytes) -> int:
    return int.from_bytes(digest[:8], "big") % _SECOND

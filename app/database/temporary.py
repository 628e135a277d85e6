"""Temporary folders: for what is made beside its place and moved there when whole; those of killed processes go."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # there is no such lock on Windows, where leftovers stay
    fcntl = None  # type: ignore[assignment]

_YOUNG = 10  # seconds in which a folder may not have been locked yet by the process that makes it


@contextmanager
def temporary_folder(path: Path) -> Iterator[Path]:
    """Make a folder beside `path`, held by this process, and remove it at the end with what is still in it.

    Whatever other processes have left beside `path`, of this or of other versions, is removed first. Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(path)
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}-"))
    try:
        with locked(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder alone, waiting for whoever else holds it; where that can't be done go on without."""
    descriptor = _open(folder)
    try:
        if descriptor is not None and fcntl:
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def remove_leftovers(path: Path) -> None:
    """Remove the temporary folders beside `path` that killed processes have left."""
    if not os.path.isdir(path.parent):  # not by `glob`, which raises an error where it may not look
        return
    kind = path.name.partition("-")[0]  # of every version: what comes before the version
    for leftover in path.parent.glob(f".{kind}-*" if "-" in path.name else f".{path.name}-*"):
        if leftover.is_dir() and not leftover.is_symlink() and _is_abandoned(leftover):
            shutil.rmtree(leftover, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    """Whether no process holds a folder."""
    descriptor = _open(folder)
    if descriptor is None or not fcntl:
        return False
    try:
        # One of the future was made before the clock was set back.
        if 0 <= time.time() - os.fstat(descriptor).st_ctime < _YOUNG:
            return False
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _open(folder: Path) -> int | None:
    """Return a descriptor of a folder; None where there is none."""
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None

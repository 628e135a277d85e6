"""The release of one database: a folder beside it, built if there is none, and moved into place as a whole."""

import hashlib
import logging
import sqlite3
from pathlib import Path
from threading import Lock

from app.database.errors import Unavailable
from app.database.open_file import Identity
from app.database.temporary import remove_leftovers, temporary_folder
from app.release.build import MANIFEST, build
from app.release.manifest import FileInfo, read_manifest
from app.release.records import Get

logger = logging.getLogger("zhenggai")


class Release:
    """The files of a release, built when first needed unless `python -m app build` has built them.

    The folder's name contains the versions of the data and the software, so an existing folder is never stale. If
    several processes build it at once, the first to finish wins, and the others discard theirs. A file is compared with
    its hash before it is first given out, and again whenever it was touched; a damaged release is built anew.

    Raises `Unavailable` where there is none and none can be built, which the log explains.
    """

    def __init__(self, folder: Path, get: Get) -> None:
        self._folder, self.get, self._lock = folder, get, Lock()
        self._files: dict[str, FileInfo] | None = None
        self._sound: dict[str, Identity] = {}  # as the files were when they had their hashes

    @property
    def files(self) -> dict[str, FileInfo]:
        """Every file by its name, the archive last. The release is built if it has not been."""
        with self._lock:
            if self._files is None:
                remove_leftovers(self._folder)
                self._files = read_manifest(self._folder / MANIFEST) or self._build()
            return self._files

    @property
    def folder(self) -> Path:
        """The folder with the files. The release is built if it has not been."""
        _ = self.files
        return self._folder

    def open(self, name: str) -> tuple[Path, Identity]:
        """Return the path of a sound file and its identity. Raise KeyError if the release has no file of that name."""
        file = self.files[name]
        with self._lock:
            if (identity := self._check(file)) is None:
                logger.warning("%s is damaged or missing: the release is built anew", self._folder / name)
                self._files = self._build()
                identity = self._check(file)
        if identity is None:
            raise Unavailable(f"{self._folder / name} is damaged as soon as it is built")
        return self._folder / name, identity

    def _check(self, file: FileInfo) -> Identity | None:
        """Return the identity of a file that is as it was built; None if it is not."""
        path = self._folder / file.name
        try:
            identity = Identity.of(path)
            if self._sound.get(file.name) != identity:
                with path.open("rb") as content:
                    if hashlib.file_digest(content, "sha256").hexdigest() != file.sha256:
                        return None
                self._sound[file.name] = identity
        except OSError:
            return None
        return identity

    def _build(self) -> dict[str, FileInfo]:
        try:
            with temporary_folder(self._folder) as folder:
                new = folder / "new"
                new.mkdir(mode=0o755)
                build(self.get, new)
                for file in new.iterdir():
                    file.chmod(0o644)
                self._put(new, folder / "old")
        except (OSError, sqlite3.Error, LookupError) as error:
            logger.error("the release can't be built in %s: %s", self._folder.parent, error)
            raise Unavailable(str(error)) from None
        found = read_manifest(self._folder / MANIFEST)
        if found is None:
            raise Unavailable(f"{self._folder} is damaged as soon as it is built")
        return found

    def _put(self, new: Path, old: Path) -> None:
        """Move a new folder into its place, unless another process has put a whole one there."""
        try:
            new.rename(self._folder)
        except OSError:
            # Renaming to a folder with files in it fails: then another process was first, or it is damaged.
            if not self._is_whole():
                self._folder.rename(old)
                new.rename(self._folder)

    def _is_whole(self) -> bool:
        files = read_manifest(self._folder / MANIFEST)
        return files is not None and all(self._check(file) for file in files.values())

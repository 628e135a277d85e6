"""The release of one database: a folder beside it, built if there is none, and moved into place as a whole."""

import json
import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from threading import Lock

from app.release.build import MANIFEST, build
from app.release.manifest import FileInfo
from app.release.records import Get


class Release:
    """The files of a release, built when first needed unless `python -m app build` has built them.

    The folder's name contains the versions of the data and the software, so an existing folder is never stale. If
    several processes build it at once, the first to finish wins, and the others discard theirs.
    """

    def __init__(self, folder: Path, get: Get) -> None:
        self._folder, self.get, self._lock = folder, get, Lock()

    @cached_property
    def files(self) -> dict[str, FileInfo]:
        """Every file by its name, the archive last. The release is built if it has not been."""
        with self._lock:
            if not self._folder.exists():
                self._build()
        listed = json.loads((self._folder / MANIFEST).read_text(encoding="utf-8"))
        return {file["name"]: FileInfo(**file) for file in listed}

    @property
    def folder(self) -> Path:
        """The folder with the files. The release is built if it has not been."""
        _ = self.files
        return self._folder

    def path(self, name: str) -> Path:
        """Return the path of a file. Raise KeyError if the release has no file of that name."""
        return self._folder / self.files[name].name

    def _build(self) -> None:
        parent, name = self._folder.parent, self._folder.name
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=parent, prefix=f".{name}-"))
        try:
            build(self.get, draft)
            draft.chmod(0o755)
            for file in draft.iterdir():
                file.chmod(0o644)
            draft.rename(self._folder)
        except OSError:
            # Renaming to a folder with files in it fails: then another process was first.
            if not self._folder.exists():
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)

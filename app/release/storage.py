"""The release of one database: a folder beside it, made when there is none, moved into place whole."""

import json
import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from threading import Lock

from app.release.build import MANIFEST, build
from app.release.manifest import Weighed
from app.release.records import Ask


class Release:
    """The files, made when first asked for unless `app build` has made them.

    The folder's name tells the data and the software it is of, so what lies there is never stale. Of several makers the
    first to finish wins, and the others drop theirs.
    """

    def __init__(self, place: Path, ask: Ask) -> None:
        self.place, self._ask, self._lock = place, ask, Lock()

    @cached_property
    def files(self) -> dict[str, Weighed]:
        """Every file by its name, the archive last."""
        with self._lock:
            if not self.place.exists():
                self._make()
        listed = json.loads((self.place / MANIFEST).read_text(encoding="utf-8"))
        return {file["name"]: Weighed(**file) for file in listed}

    @property
    def folder(self) -> Path:
        """Where the files lie, by now at the latest."""
        _ = self.files
        return self.place

    def path(self, name: str) -> Path:
        return self.place / self.files[name].name

    def _make(self) -> None:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=self.place.parent, prefix=f".{self.place.name}-"))
        try:
            build(self._ask, draft)
            draft.chmod(0o755)
            for file in draft.iterdir():
                file.chmod(0o644)
            draft.rename(self.place)
        except OSError:
            # A folder is never put over one that holds something: then another maker was first.
            if not self.place.exists():
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)

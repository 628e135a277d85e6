"""The checker's findings on a notice as it is on disk, each with the record and the field that it is about."""

import re
import shutil
import tempfile
from pathlib import Path
from threading import Lock
from typing import Any

from app.transcription.data_version import NOTICE, SOURCE
from app.transcription.document import SourceDocument
from app.transcription.findings import Finding
from app.transcription.guesses import GUESSES
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.readings import READINGS
from app.transcription.seed import check_folder
from app.workbench.folder import Content, Folder, plain
from app.workbench.records import LISTS, address

_STEP = re.compile(r"\.([a-z_]+)|\[([0-9]+)\]")


class Checker:
    """Runs the checks once for each version, and one run at a time."""

    def __init__(self, folder: Folder, vocabularies: dict[str, Vocabulary]) -> None:
        self.folder, self.vocabularies = folder, vocabularies
        self._lock = Lock()
        self._waiting = 0
        self._last: tuple[str, list[dict[str, Any]]] = "", []

    def findings(self) -> tuple[str, list[dict[str, Any]]] | None:
        """Return the version and its findings; None if a later request is waiting, which will have newer ones."""
        self._waiting += 1
        mine = self._waiting
        with self._lock:
            if mine < self._waiting:
                return None
            state = self.folder.read()
            if self._last[0] != state.version:
                self._last = state.version, [as_json(found, state.content) for found in self.check(state.content)[1]]
            return self._last

    def check(self, content: Content) -> tuple[SourceDocument | None, list[Finding]]:
        """Check a content as if it were in the folder: in a copy, since a reader's stands elsewhere than the source."""
        with tempfile.TemporaryDirectory() as place:
            home = Path(place, self.folder.slug)
            home.mkdir()
            (home / SOURCE).write_bytes(self.folder.raw)
            (home / NOTICE).write_bytes(plain({k: v for k, v in content.items() if k != "guesses"}))
            if content["guesses"]:
                (home / GUESSES).write_bytes(plain({"guesses": content["guesses"]}))
            if self.folder.reader is None and (self.folder.home / READINGS).is_dir():
                shutil.copytree(self.folder.home / READINGS, home / READINGS)
            return check_folder(home, self.vocabularies)


def as_json(finding: Finding, content: Content) -> dict[str, Any]:
    """Return a finding with the record and the field to which its JSONPath leads."""
    steps = [name or int(n) for name, n in _STEP.findall(finding.path)]
    record, field = "", ""
    if Path(finding.file).name != NOTICE:
        return {"record": record, "field": field, "message": f"{Path(finding.file).name}: {finding.message}"}
    if steps[:1] == ["notice"]:
        record, field = "notice", ".".join(map(str, steps[1:]))
    elif len(steps) > 1 and steps[0] in LISTS:
        record, field = _record(content, str(steps[0]), steps[1]), ".".join(map(str, steps[2:]))
    return {"record": record, "field": field, "message": finding.message, "path": finding.path}


def _record(content: Content, name: str, position: Any) -> str:
    records = content.get(name, [])
    return address(name, records[position], position) if position < len(records) else ""

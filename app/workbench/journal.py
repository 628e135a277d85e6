"""The journal of an editor's decisions: what undo takes back, and how long the work has taken. It is no data."""

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.models.decimal import format_json
from app.workbench.folder import Content

JOURNAL = "journal.jsonl"
LONGEST_PAUSE = 120  # seconds: who does nothing for longer is not at work
# Key, position, what stood there, what stands there now. Of a value that is no list the position is null.
Change = tuple[str, int | None, Any, Any]


@dataclass
class Journal:
    """One line an edit, undo or redo. Read again at the next start, so that undo survives the process."""

    path: Path
    version: str
    done: list[list[Change]] = field(default_factory=list)
    undone: list[list[Change]] = field(default_factory=list)
    seconds: float = 0
    decisions: int = 0
    _last: float | None = None

    @classmethod
    def read(cls, path: Path, version: str) -> "Journal":
        """Read a journal; if the files have changed since its last line, nothing in it can be undone any more."""
        journal, after = cls(path, version), None
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # The machine stopped while the line was written.
            journal._take(entry["act"], entry["changes"], entry["at"], entry["decided"])
            after = entry["after"]
        if after != version:
            journal.done, journal.undone = [], []
        journal._last = None
        return journal

    def add(self, act: str, changes: list[Change], version: str, decided: int) -> None:
        """Enter an edit, an undo or a redo, after which the files have this version."""
        entry = {"at": time.time(), "act": act, "decided": decided, "after": version, "changes": changes}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(format_json(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.version = version
        self._take(act, changes, entry["at"], decided)  # type: ignore[arg-type]

    def _take(self, act: str, changes: list[Change], at: float, decided: int) -> None:
        if act == "undo":
            self.undone.append(self.done.pop() if self.done else changes)
        else:
            self.done.append(changes)
            self.undone = self.undone[:-1] if act == "redo" else []
        self.seconds += min(max(at - self._last, 0), LONGEST_PAUSE) if self._last else 0
        self.decisions += decided
        self._last = at


def difference(old: Content, new: Content) -> list[Change]:
    """Return what changed: of each list the stretch that differs, of anything else the whole."""
    changes: list[Change] = []
    for key in dict.fromkeys([*old, *new]):
        one, other = old.get(key), new.get(key)
        if one == other:
            continue
        if not isinstance(one, list) or not isinstance(other, list):
            changes.append((key, None, one, other))
            continue
        shortest, start, end = min(len(one), len(other)), 0, 0
        while start < shortest and one[start] == other[start]:
            start += 1
        while end < shortest - start and one[-1 - end] == other[-1 - end]:
            end += 1
        changes.append((key, start, one[start : len(one) - end], other[start : len(other) - end]))
    return changes


def apply(content: Content, changes: list[Change], *, back: bool) -> Content:
    """Return the content after changes, or before them."""
    result = dict(content)
    for key, start, old, new in changes:
        gone, put = (new, old) if back else (old, new)
        if start is None:
            result[key] = put
        else:
            result[key] = [*result[key][:start], *put, *result[key][start + len(gone) :]]
    return {key: value for key, value in result.items() if value is not None}

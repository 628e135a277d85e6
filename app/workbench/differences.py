"""The differences of two finished readings, side by side, and how each is settled in `differences.json`."""

import hashlib
import re
from typing import Any

from pydantic import BaseModel, ConfigDict

from app.transcription.agreement import Units, Value, is_presence, paired, units_of
from app.transcription.findings import InvalidSeed
from app.transcription.layout.readings import Difference
from app.transcription.readings import DIFFERENCES, READINGS, Readings, read_readings, settled_reading
from app.workbench.editor import Editor
from app.workbench.edits import Edit, Set
from app.workbench.folder import READERS, ChangedElsewhere, Content, Folder, plain, replace
from app.workbench.records import Refused, find


class Settled(BaseModel):
    """One difference as the editor settles it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    field: str
    key: str
    settled: str | bool | None
    why: str


class Differences:
    """The readings of one notice. Both must be finished: nobody sees one while the other goes on."""

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.folder = editor.folder.home / READINGS

    def view(self) -> dict[str, Any]:
        """Return every unit on which the readings differ, with what is settled and what the notice says now."""
        readings = self._read()
        content = self.editor.folder.read().content
        transcribed = self._transcribed(content)
        entries = {(entry.field, entry.key): entry for entry in readings.differences}
        return {
            "base": self._version(),
            "differences": [
                {
                    "field": field,
                    "key": key,
                    "first": one,
                    "second": other,
                    "settled": entry.settled if (entry := entries.get((field, key))) else None,
                    "why": entry.why if entry else "",
                    "is_settled": entry is not None,
                    "transcribed": _value(transcribed, field, key),
                    "record": (record := record_of(content, field, key)),
                    "text": _words(content, record),
                }
                for field, key, one, other in paired(units_of(readings.first), units_of(readings.second))
                if one != other
            ],
        }

    def adopt(self, base: str) -> None:
        """Let the notice say what the first reader decided; what the second differs in is settled from there."""
        self._read()
        content = Folder(self.editor.folder.home, READERS[0]).read().content
        self.editor.replace(content, base)

    def settle(self, settled: Settled, base: str) -> None:
        """Enter how a difference ends, and let the notice say so where that is one field of one record."""
        if self._version() != base:
            raise ChangedElsewhere(f"{DIFFERENCES} has changed since this page read it; reload it to go on")
        if not settled.why.strip():
            raise Refused("say why in a few words: the next editor will ask")
        readings = self._read()
        values = {
            (f, k): (one, other) for f, k, one, other in paired(*map(units_of, (readings.first, readings.second)))
        }
        if (settled.field, settled.key) not in values:
            raise Refused("the readings have no such difference")
        first, second = values[settled.field, settled.key]
        entry = Difference(first=first, second=second, **settled.model_dump())
        kept = [d for d in readings.differences if (d.field, d.key) != (entry.field, entry.key)]
        order = {unit: n for n, unit in enumerate(values)}
        entries = sorted([*kept, entry], key=lambda d: order.get((d.field, d.key), len(order)))
        replace(self.folder / DIFFERENCES, plain([d.model_dump() for d in entries]))
        state = self.editor.folder.read()
        if edit := edit_for(state.content, settled.field, settled.key, settled.settled):
            self.editor.edit(edit, state.version)

    def _read(self) -> Readings:
        unfinished = [name for name in READERS if not (self.folder / name / "clauses.json").exists()]
        if unfinished:
            raise Refused(f"the {' and the '.join(unfinished)} reading is not finished yet")
        if not (self.folder / DIFFERENCES).exists():
            replace(self.folder / DIFFERENCES, plain([]))
        readings, findings = read_readings(self.folder)
        if readings is None:
            raise Refused(str(InvalidSeed(findings)))
        return readings

    def _transcribed(self, content: Content) -> Units | None:
        document, _ = self.editor.checker.check(content)
        if document is None:
            return None
        try:
            return units_of(settled_reading(document, {issue.number for issue in document.transcription.issues}))
        except KeyError:
            return None  # A quote is not found; the checker says which.

    def _version(self) -> str:
        path = self.folder / DIFFERENCES
        return hashlib.sha256(path.read_bytes() if path.exists() else b"").hexdigest()[:16]


def _value(units: Units | None, field: str, key: str) -> Value:
    """Return what the notice says now; null where it says nothing or can't be read for a finding."""
    if units is None:
        return None
    return key in units[field] if is_presence(field) else units[field].get(key)


def _words(content: Content, record: str | None) -> str:
    """Return the printed words of a record, which say more than its address."""
    if record is None or not _exists(content, record):
        return ""
    found = find(content, record)
    words = next((found[name] for name in ("name", "problem", "value_text", "quote") if found.get(name)), "")
    return str(words["exact"] if isinstance(words, dict) else words)


def record_of(content: Content, field: str, key: str) -> str | None:
    """Return the record that a unit of the readings is about, if the notice has it."""
    kind = field.partition(":")[0]
    if kind == "statement":
        return f"statements/{key}"
    if kind == "figure":
        return f"metrics/{key}"
    if kind == "topic":
        return f"issues/{key.removeprefix('issue ').partition(':')[0]}"
    if kind == "clause":
        section, _, rest = key.partition(": ")
        quote, number = _numbered(rest)
        found = [s for s in content.get("statements", []) if (s["section"], s["quote"]) == (section, quote)]
        return f"statements/{found[number - 1]['id']}" if len(found) >= number else None
    if kind in ("document", "place of a document", "organization", "mention"):
        return _named(content, "documents" if "document" in kind else "organizations", key)
    return None


def edit_for(content: Content, field: str, key: str, value: Value) -> Edit | None:
    """Return the edit that lets the notice say what was settled; None where a person must do it in the record."""
    record, name = record_of(content, field, key), field.partition(": ")[2]
    if record is None or not _exists(content, record):
        return None
    if field == "topic":
        topic, topics = key.rpartition(": ")[2], list(find(content, record)["topics"])
        topics = [*topics, topic] if value and topic not in topics else [t for t in topics if value or t != topic]
        return Set(do="set", record=record, field="topics", value=topics)
    if field.startswith(("statement:", "clause:", "figure:", "document:", "organization:")):
        return Set(do="set", record=record, field=name, value=value)
    return None


def _named(content: Content, name: str, key: str) -> str | None:
    """Return the record whose name a key begins with, in the section that the key gives, if it gives one."""
    words = key.partition(" at ")[0]
    best = None
    for record in content.get(name, []):
        bare = re.sub("[《》]", "", record["name"])
        places = record.get("places") or record.get("mentions") or [{}]
        if words in (record["name"], *(f"{n} in {places[0].get('section')}" for n in (bare, bare.strip("“”")))):
            best = f"{name}/{record['id']}"
    return best


def _numbered(key: str) -> tuple[str, int]:
    match = re.fullmatch(r"(.*) #([0-9]+)", key, re.DOTALL)
    return (match[1], int(match[2])) if match else (key, 1)


def _exists(content: Content, record: str) -> bool:
    try:
        find(content, record)
    except Refused:
        return False
    return True

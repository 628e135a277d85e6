"""An editor's session on one notice: edits, undo and redo, each on disk before it is answered."""

from pathlib import Path
from threading import Lock
from typing import Any

from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.source import Source
from app.workbench.checking import Checker, as_json
from app.workbench.edits import Edit, carry_out
from app.workbench.folder import ChangedElsewhere, Content, Folder, State, list_notice, write_reading
from app.workbench.journal import JOURNAL, Change, Journal, apply, difference
from app.workbench.places import Places
from app.workbench.records import Refused


class Editor:
    """What the routes call. Nothing is kept in memory that is not on disk, save what can be read from there again."""

    def __init__(self, home: Path, vocabularies: dict[str, Vocabulary], reader: str | None = None) -> None:
        self.folder = Folder(home, reader)
        self.vocabularies = vocabularies
        self.checker = Checker(self.folder, vocabularies)
        self._source = Source(self.folder.raw)
        self._lock = Lock()
        self._state = self.folder.read()
        self._journal = Journal.read(self.folder.place / JOURNAL, self._state.version)

    def view(self, record: str | None = None) -> dict[str, Any]:
        """Return all that the page shows; `record` is where the editor goes on."""
        state = self._read()
        places = Places(self._source, state.content)
        journal = self._journal
        return {
            "version": state.version,
            "content": {key: value for key, value in state.content.items() if key != "guesses"},
            "guesses": state.content["guesses"],
            "places": [[p.record, p.field, p.span.start, p.span.end] for p in places.found],
            "paragraphs": [[id, s.start, s.end] for id, spans in places.paragraphs.items() for s in spans],
            "can_undo": bool(journal.done),
            "can_redo": bool(journal.undone),
            "clock": {"seconds": round(journal.seconds), "decisions": journal.decisions},
            "record": record,
        }

    def edit(self, edit: Edit, base: str) -> dict[str, Any]:
        """Carry out an edit on the version that the page has seen; raise `Refused` or `ChangedElsewhere`."""
        with self._lock:
            state = self._of_version(base)
            content = self.folder.read().content  # Read rather than copied, which takes longer.
            if self.folder.reader:
                _refuse_bounds(content, edit)
            outcome = carry_out(content, Places(self._source, content), edit, self.vocabularies)
            self._save(state, content, "edit", outcome.decided)
        return self.view(outcome.record)

    def undo(self, base: str) -> dict[str, Any]:
        """Take the last edit back."""
        return self._step("undo", base)

    def redo(self, base: str) -> dict[str, Any]:
        """Carry out again what was taken back last."""
        return self._step("redo", base)

    def replace(self, content: Content, base: str) -> None:
        """Let the notice say what another copy of it says, as one edit that can be undone."""
        with self._lock:
            self._save(self._of_version(base), content, "edit", 0)

    def publish(self, base: str) -> dict[str, Any]:
        """Set the stage to published and list the notice, or write a reader's files; it can't be undone.

        Raise `Refused` while a guess, a TODO or a finding is left.
        """
        with self._lock:
            state = self._of_version(base)
            content = self.folder.read().content
            if content["guesses"]:
                raise Refused(f"{len(content['guesses'])} guesses are still to be decided")
            if "TODO" in str(content):
                raise Refused("a text still says TODO")
            if self.folder.reader is None:
                content["notice"]["stage"] = "published"
                content["notice"].setdefault("translation", "reviewed")  # whoever publishes has read all of it
            document, findings = self.checker.check(content)
            if findings or document is None:
                raise Refused(f"{len(findings)} findings of the checker are left, first {findings[0].message}")
            if self.folder.reader:
                write_reading(self.folder.place, document)
            else:
                self._state = self.folder.write(content, state.version)
                list_notice(self.folder.home)
        return self.view()

    def missing(self) -> list[dict[str, Any]]:
        """Return the findings that the notice would have if it were published: texts that a draft may lack."""
        content = self.folder.read().content | {"guesses": []}
        published = content | {"notice": content["notice"] | {"stage": "published"}}
        known = {(found.path, found.message) for found in self.checker.check(content)[1]}
        found = [one for one in self.checker.check(published)[1] if (one.path, one.message) not in known]
        return [as_json(one, content) for one in found]

    def _step(self, act: str, base: str) -> dict[str, Any]:
        with self._lock:
            state = self._of_version(base)
            stack = self._journal.done if act == "undo" else self._journal.undone
            if not stack:
                raise Refused(f"there is nothing to {act}")
            changes = stack[-1]
            self._save(state, apply(state.content, changes, back=act == "undo"), act, 0, changes)
        return self.view(_first_record(changes))

    def _save(
        self, state: State, content: Content, act: str, decided: int, changes: list[Change] | None = None
    ) -> None:
        if content == state.content:
            return
        self._state = self.folder.write(content, state.version)
        changes = difference(state.content, self._state.content) if changes is None else changes
        self._journal.add(act, changes, self._state.version, decided)

    def _read(self) -> State:
        state = self.folder.read()
        if state.version != self._journal.version:
            self._journal = Journal.read(self.folder.place / JOURNAL, state.version)
        self._state = state
        return state

    def _of_version(self, base: str) -> State:
        state = self._read()
        if state.version != base:
            raise ChangedElsewhere("the files have changed since this page read them; reload it to go on")
        return state


def _refuse_bounds(content: Content, edit: Edit) -> None:
    """In a reading the bounds of the issues' clauses are given: both readers decide about the same ones."""
    issues = {issue.get("section") for issue in content.get("issues", [])}
    if edit.do in ("split", "join", "remove") and any(
        f"statements/{statement.get('id')}" == edit.record and statement.get("section") in issues
        for statement in content.get("statements", [])
    ):
        raise Refused("in a reading the bounds of an issue's clauses are given")


def _first_record(changes: list[Change]) -> str | None:
    """Return a record that a change is about, preferably one that is asked for."""
    for key, _, old, new in changes:
        if key == "guesses" and (found := [*(old or []), *(new or [])]):
            return str(found[0]["record"])
    for key, _, old, new in changes:
        first = next((r for r in (*(old or ()), *(new or ())) if isinstance(r, dict) and "id" in r), None)
        if first:
            return f"{key}/{first['id']}"
    return None

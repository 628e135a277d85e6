"""How many decisions and keys a notice takes: a program that knows the answers presses the keys.

`PYTHONPATH=.:tests:tests/workbench python -m measuring` drafts an invented notice, goes through it in the workbench and
presses what an editor without a mouse would have to press until the notice says what its readers decided. It says
nothing of how long a person thinks: that is estimated from the number of decisions and the length of the text.
"""

import json
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from editing import NOTICES, UNITS, editing
from keyboard import Keyboard
from playwright.sync_api import sync_playwright

from app.settings import ROOT
from app.transcription.draft.folder import write_draft
from app.workbench.folder import plain

Record = dict[str, Any]
# Seconds for a key, for making up one's mind, for a character that is read with care, and for a short English text.
KEY, DECISION, CHARACTER, ENGLISH = 0.28, 1.35, 0.25, 10
# How often the whole text is read with care: for its clauses, for its figures, for documents and bodies.
PASSES = 3


def words(quote: str | dict[str, str] | None) -> str | None:
    return quote["exact"] if isinstance(quote, dict) else quote


class Editor:
    """Compares every record at hand with what was decided, and presses what makes it so."""

    def __init__(self, keys: Keyboard, truth: Record) -> None:
        self.keys, self.truth = keys, truth
        self.decisions, self.changes = Counter[str](), Counter[str]()

    def content(self) -> Record:
        content: Record = json.loads((self.keys.home / "notice.json").read_text(encoding="utf-8"))
        return content

    def record(self) -> Record:
        name, _, id = self.keys.current.partition("/")
        content = self.content()
        if name == "notice":
            return dict(content["notice"])
        return next(r for r in content[name] if str(r.get("id", r.get("number"))) == id)

    def change(self, what: str, *pressed: str) -> None:
        self.changes[what] += 1
        self.keys.press(*pressed)

    def run(self) -> None:
        """Decide whatever is open, step by step."""
        while self.keys.page.locator(".step .left").filter(has_text="✓").count() < self._steps():
            name = self.keys.current.partition("/")[0]
            if name in ("notice", "sections", "categories", "numerals"):
                self.decisions[name] += 1
                self.keys.press("Shift+Enter")
                continue
            getattr(self, f"_{name}", lambda _: None)(self.record())
            self.decisions[name] += 1
            self.keys.press("Enter")

    def _steps(self) -> int:
        return self.keys.page.locator(".step .left").filter(has_not_text="–").count()

    def _statements(self, statement: Record) -> None:
        decided = self._decided("statements", statement)
        if decided is None:
            self._bounds(statement)
            statement = self.record()
            decided = self._decided("statements", statement)
        if decided is None:
            return
        if statement["role"] != decided["role"]:
            self.change("role", decided["role"][0])
            statement = self.record()
        if decided["role"] == "measure" and statement.get("kind") != decided.get("kind"):
            self.change("kind", self._digit("measure_kind", decided["kind"]))
        for key, field in (("a", "actor"), ("p", "prompted_by"), ("d", "directive")):
            if words(statement.get(field)) != (wanted := words(decided.get(field))):
                self._quote(statement, field, key, wanted)

    def _quote(self, statement: Record, field: str, key: str, wanted: str | None) -> None:
        if wanted:
            section = next(s for s in self.content()["sections"] if s["id"] == statement["section"])
            self.keys.select(wanted, near=section["text"][0][:12])
        self.change(field, key)

    def _bounds(self, statement: Record) -> None:
        quote = statement["quote"]
        for other in self.truth["statements"]:
            if quote.startswith(other["quote"]) and len(other["quote"]) < len(quote):
                self.keys.press("Home", *["ArrowRight"] * len(other["quote"]))
                self.change("split", "s")
                first = self.keys.current
                self.keys.press("ArrowUp")
                assert first != self.keys.current
                return
            if other["quote"].startswith(quote) and len(other["quote"]) > len(quote):
                self.change("join", "j")
                return

    def _metrics(self, metric: Record) -> None:
        decided = self._decided("metrics", metric)
        if decided is None:
            return
        if words(metric["counted"]) != (counted := words(decided["counted"])) and counted:
            self.keys.select(counted, near=words(decided["quote"]) or "")
            self.change("counted", "n")
        if metric["counted_code"] != decided.get("counted_code", metric["counted_code"]):
            self.change("counted code", self._digit("counted", decided["counted_code"]))

    def _documents(self, document: Record) -> None:
        self._type("documents", "document_type", document)

    def _organizations(self, body: Record) -> None:
        self._type("organizations", "organization_type", body)

    def _type(self, name: str, vocabulary: str, record: Record) -> None:
        decided = next((r for r in self.truth[name] if r["name"] == record["name"]), None)
        if decided is None:
            self.change(f"{name} removed", "x")
        elif record["type"] != decided.get("type", record["type"]):
            self.change(f"{name} type", self._digit(vocabulary, decided["type"]))

    def _decided(self, name: str, record: Record) -> Record | None:
        field = "quote" if name == "statements" else "value_text"
        found = (r for r in self.truth[name] if words(r[field]) == words(record[field]))
        return next((r for r in found if words(r["quote"]) == words(record["quote"])), None)

    def _digit(self, vocabulary: str, code: str) -> str:
        terms = json.loads((self.keys.home.parent / "vocabularies.json").read_text(encoding="utf-8"))[vocabulary]
        n = [term["code"] for term in terms["terms"]].index(code)
        return f"{'Shift+' if n > 9 else ''}Digit{(n + 1) % 10}"

    def missed(self) -> Counter[str]:
        """What the draft has not found at all, and an editor would select in the text and name with one key."""
        content = self.content()
        found = Counter[str]()
        for name, field in (("metrics", "value_text"), ("documents", "name"), ("organizations", "name")):
            known = Counter(words(r[field]) for r in content[name])
            found[name] = (Counter(words(r[field]) for r in self.truth[name]) - known).total()
        return found


def measure(slug: str) -> str:
    """Draft a notice, decide it, and say what that took."""
    with tempfile.TemporaryDirectory() as place:
        seed = Path(place, "seed")
        shutil.copytree(ROOT / "seed", seed)
        vocabularies = json.loads((seed / "vocabularies.json").read_text(encoding="utf-8"))
        known = {term["code"] for term in vocabularies["unit"]["terms"]}
        vocabularies["unit"]["terms"] += [unit for unit in UNITS if unit["code"] not in known]
        (seed / "vocabularies.json").write_bytes(plain(vocabularies))
        write_draft(seed, NOTICES / slug / "notice.txt", slug, None)
        truth = json.loads((NOTICES / slug / "notice.json").read_text(encoding="utf-8"))
        guesses = len(json.loads((seed / slug / "guesses.json").read_text(encoding="utf-8"))["guesses"])
        with editing(seed, slug) as (address, _), sync_playwright() as playwright:
            arguments = {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}
            page = playwright.chromium.launch(**arguments).new_page()  # type: ignore[arg-type]
            keys = Keyboard(page, address, seed / slug)
            editor = Editor(keys, truth)
            editor.run()
            missed, pressed = editor.missed(), keys.pressed.total()
            keys.press("l")
            texts = int(page.locator("#alert").inner_text().split()[0])
    return f"{report(slug, keys, editor, pressed, texts)}\nnot found by the draft: {dict(missed)}; {guesses} guesses"


def report(slug: str, keys: Keyboard, editor: Editor, pressed: int, texts: int) -> str:
    """Say how many decisions and keys there were, and how long a person may take."""
    decisions, length = editor.decisions.total(), len(keys.text)
    seconds = pressed * KEY + decisions * DECISION + length * CHARACTER * PASSES
    lines = [
        f"{slug}: {length} characters, {decisions} decisions, {pressed} keys, {texts} texts still missing",
        f"decisions by step: {dict(editor.decisions)}",
        f"changed: {dict(editor.changes)}",
        f"keys: {dict(keys.pressed.most_common())}",
        f"estimated: {seconds / 60:.0f} minutes, and {texts * ENGLISH / 60:.0f} for the texts",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(measure(sys.argv[1] if len(sys.argv) > 1 else "linjiang-2025"))

"""The workbench over a draft of the tests' own: as its page asks it, and live for a browser."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.settings import ROOT
from app.transcription.seed import load_seed
from app.workbench.app import create_workbench

SLUG, HOST = "linjiang-2025", "127.0.0.1:8123"
NOTICES = Path(__file__).resolve().parent / "notices"
# What that notice counts in, of which the vocabularies need not have all.
UNITS = [
    {"code": "household", "zh": "户", "en": "household", "definition": "Households.", "forms": ["户"]},
    {"code": "mu", "zh": "亩", "en": "mu", "definition": "Mu of land, a fifteenth of a hectare.", "forms": ["亩"]},
    {"code": "tonne", "zh": "吨", "en": "tonne", "definition": "Tonnes.", "forms": ["吨"]},
]
# As `python -m app edit`, but ended after ten minutes even if the tests are not there to end it.
EDIT = """
import runpy, signal, sys
signal.alarm(600)
sys.argv = ["app", "edit", *sys.argv[1:]]
runpy.run_module("app", run_name="__main__")
"""


GUESSED = {
    "sections": ("role",),
    "statements": ("role", "kind", "actor"),
    "metrics": ("counted", "counted_code"),
    "numerals": ("class",),
    "documents": ("type", "act"),
    "organizations": ("type",),
    "contact": ("kind",),
}


def guesses(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Every value that a program would have guessed, as open."""
    found = []
    for name, fields in GUESSED.items():
        for n, record in enumerate(content[name]):
            stated = [field for field in fields if record.get(field) is not None]
            sure = 0.5 + (n * 37 % 50) / 100
            found += [guess(f"{name}/{record['id']}", field, record[field], sure) for field in stated]
    return found


def guess(record: str, field: str, value: object, confidence: float = 0.6) -> dict[str, Any]:
    return {
        "record": record,
        "field": field,
        "value": value,
        "confidence": confidence,
        "rule": "lexicon:verb",
        "alternatives": ["mechanism", "supervision"] if field == "kind" else [],
    }


class Workbench:
    """The application, asked as its own page asks it: each edit names the version of the answer before."""

    def __init__(self, seed: Path, reader: str | None = None) -> None:
        self.home = seed / SLUG
        self.place = self.home / "readings" / reader if reader else self.home
        self.app = create_workbench(seed, SLUG, load_seed(seed).vocabularies, reader)
        self.token: str = self.app.state.token
        self.client = TestClient(self.app, base_url=f"http://{HOST}")
        self.view: dict[str, Any] = self.get("notice").json()

    def get(self, path: str, **options: Any) -> Response:
        return self.client.get(f"/{self.token}/{path}", **options)

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Response:
        headers = {"Origin": f"http://{HOST}"} | headers
        return self.client.post(f"/{self.token}/{path}", json=body, headers=headers)

    def ask(self, path: str, **body: Any) -> Response:
        """Ask for a change of what was last seen."""
        answer = self.post(path, {"base": self.view["version"], **body})
        if answer.status_code == 200 and "content" in answer.json():
            self.view = answer.json()
        return answer

    def edit(self, do: str, record: str = "", **rest: Any) -> Response:
        return self.ask("edits", edit={"do": do, "record": record, **rest})

    def done(self, do: str, record: str = "", **rest: Any) -> dict[str, Any]:
        """Carry out an edit that must succeed; what the page sees then."""
        answer = self.edit(do, record, **rest)
        assert answer.status_code == 200, answer.text
        return self.view

    @property
    def saved(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.place / "notice.json").read_text(encoding="utf-8"))
        return content

    @property
    def saved_guesses(self) -> list[dict[str, Any]]:
        path = self.place / "guesses.json"
        return json.loads(path.read_text(encoding="utf-8"))["guesses"] if path.exists() else []

    def record(self, address: str) -> dict[str, Any]:
        name, _, id = address.partition("/")
        return next(record for record in self.saved[name] if record["id"] == id)

    def at(self, words: str, after: str = "") -> tuple[int, int]:
        """Where words stand in the source, the first time behind others."""
        text = (self.home / "notice.txt").read_text(encoding="utf-8")
        start = text.index(words, text.index(after))
        return start, start + len(words)

    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("findings").json()["findings"]
        return found


@pytest.fixture
def draft_seed(tmp_path: Path) -> Path:
    """A seed whose only notice is the invented one, a draft with guesses that is not listed yet."""
    return make_seed(tmp_path / "seed")


def make_seed(seed: Path) -> Path:
    """Make such a seed."""
    seed.mkdir()
    for name in ("vocabularies.json", "notices.json"):
        shutil.copyfile(ROOT / "seed" / name, seed / name)
    _write(seed / "glossary.json", [])
    shutil.copytree(NOTICES / SLUG, seed / SLUG)
    vocabularies = _read(seed / "vocabularies.json")
    known = {term["code"] for term in vocabularies["unit"]["terms"]}
    vocabularies["unit"]["terms"] += [term for term in UNITS if term["code"] not in known]
    _write(seed / "vocabularies.json", vocabularies)
    make_draft(seed)
    return seed


def make_draft(seed: Path) -> None:
    """Let the invented notice of a seed be a draft with guesses."""
    content = _read(seed / SLUG / "notice.json")
    content["notice"]["stage"] = "draft"
    _write(seed / SLUG / "notice.json", content)
    _write(seed / SLUG / "guesses.json", {"guesses": guesses(content)})
    slugs = _read(seed / "notices.json")
    _write(seed / "notices.json", [slug for slug in slugs if slug != SLUG])


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@pytest.fixture
def workbench(draft_seed: Path) -> Workbench:
    return Workbench(draft_seed)


@contextmanager
def editing(seed: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start the command over a seed; the address that it prints, and its process."""
    environment = os.environ | {"NOTICE_SEED": str(seed), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", EDIT, *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://\S+/", process.stdout.readline())
            assert address, "the command printed no address"
            yield address[0], process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)

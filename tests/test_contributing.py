"""The worked example of docs/contributing.md: a new filter, added just as the page shows it, works everywhere."""

import json
import os
import re
import shutil
import subprocess
import sys
from typing import Any

import pytest

from app.settings import PREFIX, ROOT

PAGE = (ROOT / "docs/contributing.md").read_text()
# A change of one file: its name, then lines that are kept, removed and added, in pieces that `@@` begins.
CHANGES = re.findall(r"^```diff\n--- (.+)\n\+\+\+ \1\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PATHS = [
    "/metrics?limit=200",
    "/metrics?limit=200&compared=true",
    "/metrics?limit=200&compared=false",
    "/metrics?compared=yes",
    "/metrics/facets?compared=true",
    "/metrics.ndjson?compared=true",
    "/openapi.json",
    "/zh/metrics?compared=true",
]
ASK = """
import json, sys
from fastapi.testclient import TestClient
from app.main import app
with TestClient(app) as client:
    answers = {path: client.get(path) for path in sys.argv[1:]}
print(json.dumps({path: [answer.status_code, answer.text] for path, answer in answers.items()}))
"""

Answers = dict[str, tuple[int, str]]


def apply(change: str, text: str) -> str:
    """Return a file with a change made. Each of its pieces must fit at just one place."""
    for piece in re.split(r"^@@.*\n", change, flags=re.MULTILINE)[1:]:
        lines = piece.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] in marks) for marks in (" -", " +"))
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What a copy of the service answers after the changes, each path with its status and text."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("app", "seed"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, change in CHANGES:
        file = folder / name
        file.write_text(apply(change, file.read_text(encoding="utf-8")), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    command = [sys.executable, "-c", ASK, *PATHS]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return {path: (status, text) for path, (status, text) in json.loads(done.stdout).items()}


def items(answers: Answers, path: str) -> list[Any]:
    status, text = answers[path]
    assert status == 200, text
    found: list[Any] = json.loads(text)["items"]
    return found


def test_the_example_takes_fewer_than_ten_lines() -> None:
    added = [line for _, change in CHANGES for line in change.splitlines() if line.startswith("+")]

    assert {name for name, _ in CHANGES} >= {"app/queries/metrics.py"}
    assert 0 < len(added) < 10
    assert [line for line in added if len(line) > 121] == []


def test_the_new_filter_shares_out_the_list(answers: Answers) -> None:
    whole, compared, others = (items(answers, path) for path in PATHS[:3])

    assert compared == [metric for metric in whole if metric["comparison"] is not None]
    assert others == [metric for metric in whole if metric["comparison"] is None]
    assert compared
    assert others


def test_the_new_filter_is_validated(answers: Answers) -> None:
    status, text = answers["/metrics?compared=yes"]

    assert status == 422
    assert json.loads(text)["errors"][0]["allowed"] == ["true", "false"]


def test_facets_files_the_document_and_the_page_have_the_new_filter(answers: Answers) -> None:
    compared = items(answers, PATHS[1])
    facets, file, document, page = (answers[path] for path in PATHS[4:])

    assert json.loads(facets[1])["total"] == len(compared)
    assert [json.loads(line)["id"] for line in file[1].splitlines()] == [metric["id"] for metric in compared]
    parameters = json.loads(document[1])["paths"]["/metrics"]["get"]["parameters"]
    assert "compared" in {parameter["name"] for parameter in parameters}
    assert page[0] == 200
    assert '<select id="c-compared"' in page[1]

"""The notebook: executed on the files of a release and nothing else, and what it shows is what the API says."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.settings import ROOT

NOTEBOOK = ROOT / "docs/notebooks/first-look.ipynb"
EXECUTE = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[2])
"""


@pytest.fixture(scope="module")
def executed(seed_app: FastAPI, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The cells of the notebook after its execution, in a folder where nothing of the service lies."""
    folder = tmp_path_factory.mktemp("notebook")
    # The kernel that runs is that of this Python, whatever others are installed.
    kernel = folder / "kernels/python3/kernel.json"
    kernel.parent.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel.write_text(json.dumps({"argv": command, "display_name": "Python 3", "language": "python"}))
    settings = {"RELEASE": str(seed_app.state.release.folder), "JUPYTER_PATH": str(folder), "HOME": str(folder)}
    done = folder / "done.ipynb"
    script = [sys.executable, "-c", EXECUTE, str(NOTEBOOK), str(done)]
    run = subprocess.run(script, cwd=folder, env=os.environ | settings, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    cells: list[dict[str, Any]] = json.loads(done.read_text(encoding="utf-8"))["cells"]
    return cells


def shown(cells: list[dict[str, Any]], words: str) -> str:
    """What the first cell of code shows whose source holds the words."""
    found = (cell for cell in cells if cell["cell_type"] == "code" and words in "".join(cell["source"]))
    outputs = next(found)["outputs"]
    return "".join(outputs[-1]["data"]["text/plain"])


def test_figures_are_shown_with_their_bounds(executed: list[dict[str, Any]], client: TestClient) -> None:
    open_ended = shown(executed, "open_ended =")

    figures = client.get("/metrics?limit=200").json()["items"]
    unbounded = [figure["value_text"] for figure in figures if None in (figure["lower"], figure["upper"])]
    assert unbounded
    assert all(text in open_ended for text in unbounded)
    assert open_ended.count("<NA>") == sum([figure["lower"], figure["upper"]].count(None) for figure in figures)


def test_who_was_made_to_act_is_shown_with_the_verb(executed: list[dict[str, Any]], client: TestClient) -> None:
    directed = shown(executed, "directed =")

    (first, *_) = client.get("/measures?directed=true&limit=1").json()["items"]
    assert first["directive"] in directed
    assert first["actor"] in directed


def test_agreement_is_what_the_readings_give(executed: list[dict[str, Any]]) -> None:
    agreement = shown(executed, "agreement =")

    command = [sys.executable, "-m", "app", "agreement"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in printed]
    for field, units, agreed, per_cent, *_ in rows:
        assert re.search(rf"^\d+ +{field} +{units} +{agreed} +{per_cent} ", agreement, re.MULTILINE), field


def test_the_notebook_is_kept_without_its_results() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]

    assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []
    assert "http" not in "".join(line for cell in cells if cell["cell_type"] == "code" for line in cell["source"])

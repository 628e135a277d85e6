"""The Python samples of docs/clients: one with a generated client, strictly typed, one without; both are run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import ROOT

SAMPLES = ROOT / "docs/clients"
PROGRAMS = Path(sys.executable).parent


def run(*command: str | Path, cwd: Path, check: bool = True) -> str:
    """Return what a command prints."""
    # The generator formats what it writes with ruff.
    environment = os.environ | {"PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=check, timeout=120)
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, server: str) -> Path:
    """A folder with the samples and the client that openapi-python-client makes from the live document."""
    folder = tmp_path_factory.mktemp("python")
    for name in ("generated.py", "plain.py", "openapi-python-client.yaml"):
        shutil.copy(SAMPLES / name, folder)
    options = ["--meta", "none", "--config", "openapi-python-client.yaml", "--fail-on-warning"]
    run(PROGRAMS / "openapi-python-client", "generate", "--url", f"{server}/openapi.json", *options, cwd=folder)
    return folder


def test_the_samples_are_strictly_typed(project: Path) -> None:
    told = run(PROGRAMS / "mypy", "--strict", "generated.py", "plain.py", cwd=project, check=False)

    # The generator's own client does not pass `mypy --strict`, whatever it is generated from.
    files = set(re.findall(r"^(\S+):\d+: error", told, re.MULTILINE))
    assert files <= {"zhenggai_client/client.py"}, told


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Topic.INNOVATION", "Topic.INOVATION"),
        ("topic=[Topic", "topik=[Topic"),
        ("metric.value_text", "metric.value_txt"),
        ("kind=[commonest.value]", "topic=[commonest.value]"),
        ("first.name", "first.nom"),
    ],
)
def test_a_mistake_in_the_generated_sample_is_told(project: Path, right: str, wrong: str) -> None:
    text = (project / "generated.py").read_text()
    assert right in text
    (project / "mistaken.py").write_text(text.replace(right, wrong))

    told = run(PROGRAMS / "mypy", "--strict", "mistaken.py", cwd=project, check=False)

    assert re.search(r"^mistaken.py:\d+: error", told, re.MULTILINE), told


def test_the_generated_sample_overrules_no_type() -> None:
    assert re.findall(r"\bcast\b|\bAny\b|type: ignore", (SAMPLES / "generated.py").read_text()) == []


@pytest.mark.parametrize("sample", ["generated.py", "plain.py"])
def test_a_sample_prints_what_the_notice_says(sample: str, project: Path, server: str, printed: str) -> None:
    assert run(sys.executable, sample, server, cwd=project) == printed

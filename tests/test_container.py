"""The container's recipe: linted, small in what it takes in, and harmless in how it runs."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()


def test_the_linter_finds_nothing() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"

    done = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")


def test_it_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    last = DOCKERFILE.rpartition("FROM ")[2]

    assert "USER 10001" in last
    assert "HEALTHCHECK" in last
    assert "--require-hashes" in DOCKERFILE
    assert "app build" in DOCKERFILE


def test_only_what_runs_is_taken_in() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert ignored[0] == "*"
    documents = {"docs/api.md", "docs/api.zh-CN.md", "CHANGELOG.md"}
    requirements = {"requirements.txt", "requirements-postgresql.txt", "requirements-telemetry.txt"}
    assert {line[1:] for line in ignored if line.startswith("!")} == {"app", "seed", *requirements, *documents}


def test_the_documents_that_pages_serve_are_taken_in() -> None:
    copied = {name for line in re.findall(r"^COPY (?!--)(.*) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()}

    assert {"docs/api.md", "docs/api.zh-CN.md", "CHANGELOG.md"} <= copied


@pytest.mark.parametrize(
    "extra", ["", *(pytest.param(name, marks=pytest.mark.proof) for name in ("postgresql", "telemetry"))]
)
def test_the_bill_of_materials_has_every_locked_package(tmp_path: Path, extra: str) -> None:
    sbom, bin = tmp_path / "sbom.json", Path(sys.executable).parent
    make = ["make", "-o", ".venv/develop", "sbom", f"EXTRA={extra}", f"SBOM={sbom}", f"BIN={bin}"]

    subprocess.run(make, cwd=ROOT, capture_output=True, check=True)

    lock = (ROOT / f"requirements{extra and '-'}{extra}.txt").read_text()
    locked = set(re.findall(r"^([a-z0-9._-]+)(?:\[.*\])?==([^ ;]+)", lock, re.MULTILINE))
    content = json.loads(sbom.read_text())
    assert {(each["name"], each["version"]) for each in content["components"]} == locked
    assert content["metadata"]["component"]["name"] == "zhenggai"


def test_both_stages_are_made_from_the_image_that_is_set() -> None:
    assert re.findall("^FROM (.*)$", DOCKERFILE, re.MULTILINE) == ["${BASE} AS build", "${BASE}"]
    assert re.search("^ARG BASE=python:[0-9.]+-slim-[a-z]+$", DOCKERFILE, re.MULTILINE)

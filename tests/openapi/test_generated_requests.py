"""Generated requests, of every operation and in sequence, find no answer that the document does not promise."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

CONFIG = Path(__file__).parent / "schemathesis.toml"
EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "25")

pytestmark = pytest.mark.proof


def described(server: str) -> Any:
    """The document without `fields`: what is left of a record is chosen by the client, and no schema can tell it."""
    document = httpx.get(f"{server}/openapi.json", timeout=60).json()
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [p for p in operation.get("parameters", ()) if p["name"] != "fields"]
    return document


def test_no_generated_request_gets_an_unpromised_answer(server: str, tmp_path: Path) -> None:
    report, document = tmp_path / "report.json", tmp_path / "openapi.json"
    document.write_text(json.dumps(described(server)))
    program = Path(sys.executable).parent / "schemathesis"
    options = ["--max-examples", EXAMPLES, "--generation-deterministic", "--no-color"]

    done = subprocess.run(
        [
            program,
            "--config-file",
            CONFIG,
            "run",
            document,
            "--url",
            server,
            *options,
            "--report",
            "json",
            "--report-json-path",
            report,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
    found = json.loads(report.read_text())
    assert found["operations"]["tested"] == found["operations"]["total"] > 0
    assert {phase["status"] for phase in found["phases"].values()} == {"success"}
    assert (found["failures"], found["errors"]) == ([], [])

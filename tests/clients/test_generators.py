"""The samples of docs/clients: by three generators, compiled strictly and run against a live server."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from mistakes import NPM, Node, add_mistakes, assert_reported_by_mypy, assert_reported_by_tsc

from app.settings import ROOT

SAMPLES = ROOT / "docs/clients"
BIN = Path(sys.executable).parent
HOST = "http://127.0.0.1:8000"
TYPESCRIPT = ("hey-api", "orval")
BUNDLE = "require('esbuild').buildSync({entryPoints: [process.argv[1]], bundle: true, format: 'esm', outdir: 'out'})"
# Correct text of every sample, with a mistake to put in its place.
TYPESCRIPT_MISTAKES = {
    "unknown-code": ("innovation", "inovation"),
    "unknown-parameter": ("offset }", "ofset: offset }"),
    "unknown-field": ("metric.value_text", "metric.value_txt"),
    "field-that-may-be-null": ("more = page.data.next !== null", "more = page.data.next.length > 0"),
    "value-of-another-parameter": ("kind: [commonest.value]", "topic: [commonest.value]"),
    "unknown-facet": ("facets.kind", "facets.kinds"),
    "file-taken-for-a-list": ("file.data.split", "file.data.items"),
    "unknown-field-of-an-error": ("first?.name", "first?.nom"),
}
PYTHON_MISTAKES = {
    "unknown_code": ("Topic.INNOVATION", "Topic.INOVATION"),
    "unknown_parameter": ("offset=offset", "ofset=offset"),
    "unknown_field": ("metric.value_text", "metric.value_txt"),
    "value_of_another_parameter": ("topic=[Topic.INNOVATION], kind=", "topic="),
    "unknown_facet": ("facets.kind", "facets.kinds"),
    "unknown_field_of_an_error": ("first.name", "first.nom"),
}


@pytest.fixture(scope="module")
def document(server: str) -> str:
    """The address of the OpenAPI document, which is made when it is first asked for; generators do not wait long."""
    address = f"{server}/openapi.json"
    httpx.get(address, timeout=120).raise_for_status()
    return address


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory, node: Node, server: str, document: str) -> Path:
    """A folder with the samples in TypeScript and the clients that they use."""
    folder = tmp_path_factory.mktemp("typescript")
    (folder / "node_modules").symlink_to(NPM)
    for name in TYPESCRIPT:
        shutil.copy(SAMPLES / f"{name}.ts", folder)
    config = folder / "orval.config.mjs"
    config.write_text((SAMPLES / "orval.config.mjs").read_text().replace(HOST, server))
    node(NPM / "@hey-api/openapi-ts/bin/run.js", "-i", document, "-o", folder / "client", "--no-log-file")
    node(NPM / "orval/dist/bin/orval.mjs", "--config", config)
    return folder


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory, document: str) -> Path:
    """A folder with the sample in Python and the client that it uses, generated without a warning."""
    folder = tmp_path_factory.mktemp("python")
    for name in ("generated.py", "openapi-python-client.yaml"):
        shutil.copy(SAMPLES / name, folder)
    options = ["--meta", "none", "--config", "openapi-python-client.yaml", "--fail-on-warning"]
    run(folder, BIN / "openapi-python-client", "generate", "--url", document, *options)
    return folder


@pytest.fixture
def printed(client: TestClient) -> str:
    """The lines that a sample prints, whatever its language."""
    issues = client.get("/issues?topic=innovation").json()
    kind = client.get("/measures/facets?topic=innovation").json()["facets"]["kind"][0]
    figures = client.get("/metrics?limit=200").json()["items"]
    unbounded = [figure["value_text"] for figure in figures if figure["upper"] is None and figure["lower"] is not None]
    lines = [
        f"{issues['total']} issues about innovation, first: {issues['items'][0]['title']}",
        f"commonest kind of their measures: {kind['value']}, counted {kind['count']}, listed {kind['count']}",
        *(f"{m['value_text']}: {m['label_en']} ({m['start']}–{m['end']})" for m in figures if m["issue_number"] == 8),
        f"figures without an upper bound: {', '.join(unbounded)}",
        "columns: notice,uid,url,number,title_en",
        "422: limit allows 1 to 200",
    ]
    return "".join(f"{line}\n" for line in lines)


def run(folder: Path, *command: str | Path, check: bool = True) -> str:
    """Return what a command prints. openapi-python-client formats what it writes with the ruff on the PATH."""
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=check, timeout=120
    )
    return done.stdout


def test_typescript_compiles_strictly_and_every_mistake_is_told(
    typescript: Path, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    mistaken = {name for s in TYPESCRIPT for name in add_mistakes(typescript, f"{s}.ts", TYPESCRIPT_MISTAKES)}
    monkeypatch.chdir(typescript)

    assert_reported_by_tsc(node, (f"{name}.ts" for name in TYPESCRIPT), mistaken)


def test_python_is_strictly_typed_and_every_mistake_is_told(python: Path) -> None:
    mistaken = add_mistakes(python, "generated.py", PYTHON_MISTAKES)

    output = run(python, BIN / "mypy", "--strict", "generated.py", *mistaken, check=False)

    # The generator's own file does not pass `mypy --strict`, whatever the document.
    assert_reported_by_mypy(output, mistaken, ["zhenggai_client/client.py"])


@pytest.mark.parametrize("sample", [*(f"{name}.ts" for name in TYPESCRIPT), "generated.py"])
def test_no_sample_overrules_the_types(sample: str) -> None:
    text = (SAMPLES / sample).read_text()

    assert re.findall(r" as \w+[;)]|: any|: unknown|\bAny\b|\bcast\b|@ts-|type: ignore|\w!", text) == []


@pytest.mark.parametrize("sample", TYPESCRIPT)
def test_a_sample_in_typescript_prints_what_the_notice_says(
    sample: str, typescript: Path, node: Node, server: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(typescript)
    node("-e", BUNDLE, f"{sample}.ts")
    script = (typescript / f"out/{sample}.js").rename(typescript / f"out/{sample}.mjs")

    assert node(script, server) == printed


def test_a_sample_in_python_prints_what_the_notice_says(python: Path, server: str, printed: str) -> None:
    assert run(python, sys.executable, "generated.py", server) == printed

"""The packages of docs/clients: built from the document, installed from what was built, compiled and run."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from mistakes import NPM, Node, add_mistakes, assert_reported_by_mypy, assert_reported_by_tsc

from app.settings import ROOT

CLIENTS = ROOT / "docs/clients"
BUNDLE = (
    "const [entry, out] = process.argv.slice(1);"
    "require('esbuild').buildSync({entryPoints: [entry], bundle: true, format: 'esm', minify: true, outfile: out})"
)
# Correct text of every example, with a mistake to put in its place.
TYPESCRIPT_MISTAKES = {
    "unknown-code": ('topic: ["innovation"], limit', 'topic: ["inovation"], limit'),
    "unknown-parameter": ("limit: 200", "limt: 200"),
    "unknown-field": ("metric.value_text}", "metric.value_txt}"),
    "unknown-address": ('"/metrics"', '"/figures"'),
    "missing-key": ("{ path: { number: 8 } }", "{}"),
    "list-of-something-that-is-none": ('iterate(zhenggai, "/metrics")', 'iterate(zhenggai, "/notice")'),
    "value-of-another-parameter": ("kind: [commonest.value]", "topic: [commonest.value]"),
    "file-taken-for-a-list": ("file.split", "file.items"),
}
PYTHON_MISTAKES = {
    "unknown_code": ('topic=["innovation"], limit', 'topic=["inovation"], limit'),
    "unknown_parameter": ("limit=200", "limt=200"),
    "unknown_field": ("metric['value_text']", "metric['value_txt']"),
    "value_of_another_parameter": ('topic=["innovation"], kind=', "topic="),
    "unknown_facet": ('["kind"]', '["kinds"]'),
    "file_taken_for_a_list": ("file.splitlines()[0]", "file['items']"),
    "list_that_is_not_awaited": ("async for numeral in", "for numeral in"),
}


@pytest.fixture(scope="module")
def document(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The OpenAPI document of the running service."""
    path = tmp_path_factory.mktemp("document") / "openapi.json"
    path.write_bytes(httpx.get(f"{server}/openapi.json", timeout=120).content)
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, document: Path) -> Path:
    """A folder with the wheel and the tarball, as `make clients` builds them."""
    folder = tmp_path_factory.mktemp("built")
    run(folder, sys.executable, CLIENTS / "build.py", folder, document)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel of the Python client."""
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def tarball(built: Path) -> Path:
    """The tarball of the TypeScript client, as npm publishes it."""
    return next(built.glob("*.tgz"))


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A folder with the example, in which the Python client is installed."""
    folder = tmp_path_factory.mktemp("python")
    zipfile.ZipFile(wheel).extractall(folder)
    shutil.copy(CLIENTS / "python/example.py", folder)
    return folder


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory, tarball: Path) -> Path:
    """A folder with the example, in which the TypeScript client is installed."""
    folder = tmp_path_factory.mktemp("typescript")
    modules = folder / "node_modules"
    with tarfile.open(tarball) as archive:
        archive.extractall(modules / "@zhenggai", filter="data")
    (modules / "@zhenggai/package").rename(modules / "@zhenggai/client")
    for name in ("openapi-fetch", "openapi-typescript-helpers", "esbuild", "typescript"):
        (modules / name).symlink_to(NPM / name)
    shutil.copy(CLIENTS / "typescript/example.ts", folder)
    return folder


@pytest.fixture
def printed(client: TestClient) -> str:
    """The lines that both examples print."""
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
        "422: did you mean innovation?",
        client.get("/numerals?limit=1").json()["total"],
    ]
    return "".join(f"{line}\n" for line in lines)


def run(folder: Path, *command: str | Path, check: bool = True) -> str:
    """What a command prints."""
    environment = os.environ | {"PYTHONPATH": str(folder), "MYPY_CACHE_DIR": str(folder / ".mypy_cache")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.proof
def test_the_wheel_holds_the_package_with_its_types_and_needs_httpx_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {Path(name).name for name in archive.namelist() if name.startswith("zhenggai_client/")}
        (metadata,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("METADATA"))

    modules = {"__init__.py", "errors.py", "models.py", "operations.py", "requests.py"}
    assert names == modules | {"py.typed"}
    assert re.findall("^Requires-Dist: (.*)$", metadata, re.MULTILINE) == ["httpx"]


@pytest.mark.proof
def test_the_python_client_is_strictly_typed_and_every_mistake_is_told(python: Path) -> None:
    mistaken = add_mistakes(python, "example.py", PYTHON_MISTAKES)

    output = run(
        python, sys.executable, "-m", "mypy", "--strict", "zhenggai_client", "example.py", *mistaken, check=False
    )

    assert_reported_by_mypy(output, mistaken)


def test_the_python_client_prints_what_the_notice_says(python: Path, server: str, printed: str) -> None:
    assert run(python, sys.executable, "example.py", server) == printed


def test_the_python_client_iterates_over_as_much_as_is_asked_for(python: Path, server: str) -> None:
    script = (
        "import sys; from zhenggai_client import Client\n"
        "with Client(sys.argv[1]) as zhenggai:\n"
        "    whole = [m['id'] for m in zhenggai.iterate_measures()]\n"
        "    assert whole[390:420] == [m['id'] for m in zhenggai.iterate_measures(offset=390, limit=30)]\n"
        "    assert whole[10:] == [m['id'] for m in zhenggai.iterate_measures(offset=10)]\n"
        "    assert list(zhenggai.iterate_measures(limit=0)) == []\n"
        "    print(len(whole), zhenggai.list_measures()['total'])\n"
    )
    counted, total = run(python, sys.executable, "-c", script, server).split()

    assert counted == total


def test_the_tarball_holds_the_build_with_its_types_and_needs_openapi_fetch_alone(tarball: Path) -> None:
    with tarfile.open(tarball) as archive:
        names = {name.removeprefix("package/") for name in archive.getnames()}
        package = json.loads(archive.extractfile("package/package.json").read())  # type: ignore[union-attr]

    assert names == {
        "package.json",
        "README.md",
        *(f"dist/{n}" for n in ("index.js", "index.d.ts", "api.js", "api.d.ts")),
    }
    assert list(package["dependencies"]) == ["openapi-fetch"]
    assert package["type"] == "module"


@pytest.mark.proof
def test_the_typescript_client_compiles_strictly_and_every_mistake_is_told(
    typescript: Path, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    mistaken = add_mistakes(typescript, "example.ts", TYPESCRIPT_MISTAKES)
    monkeypatch.chdir(typescript)

    assert_reported_by_tsc(node, ["example.ts"], mistaken, "--skipLibCheck", "false")


def test_the_typescript_client_prints_what_the_notice_says(
    typescript: Path, node: Node, server: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(typescript)
    node("-e", BUNDLE, "example.ts", "example.mjs")

    assert node(typescript / "example.mjs", server) == printed


def test_what_is_not_imported_is_not_bundled(typescript: Path, node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(typescript)
    (typescript / "error.ts").write_text('import { ProblemError } from "@zhenggai/client"; console.log(ProblemError);')
    (typescript / "whole.ts").write_text('import * as all from "@zhenggai/client"; console.log(all);')
    for name in ("error", "whole"):
        node("-e", BUNDLE, f"{name}.ts", f"{name}.js")

    error, whole = ((typescript / f"{name}.js").read_text() for name in ("error", "whole"))
    assert "baseUrl" in whole
    assert "offset" in whole
    assert "baseUrl" not in error
    assert "offset" not in error
    assert len(whole) < 12_000  # bytes, openapi-fetch included

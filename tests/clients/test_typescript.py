"""The TypeScript samples of docs/clients: three generators, compiled strictly and run against a live server."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from app.settings import ROOT

SAMPLES = ROOT / "docs/clients"
NPM = ROOT / "tests/npm/node_modules"
HOST = "http://127.0.0.1:8000"
PROGRAMS = ("openapi-fetch", "hey-api", "orval")
STRICT = ["--strict", "--noUncheckedIndexedAccess", "--noEmit"]
TARGET = ["--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"]
BUNDLE = "require('esbuild').buildSync({entryPoints: process.argv.slice(1), bundle: true, format: 'esm', outdir: 'out'})"
# What may be mistaken in every sample, with the correct text first.
MISTAKES = {
    "an unknown code": ("innovation", "inovation"),
    "an unknown parameter": ("offset }", "ofset: offset }"),
    "an unknown field": ("metric.value_text", "metric.value_txt"),
    "a field that may be null": ("more = page.data.next !== null", "more = page.data.next.length > 0"),
    "a value of another parameter": ("kind: [commonest.value]", "topic: [commonest.value]"),
    "a facet that there is not": ("facets.kind", "facets.kinds"),
    "a file taken for a list": ("file.data.split", "file.data.items"),
    "an unknown field of an error": ("first?.name", "first?.nom"),
}

Node = Callable[..., str]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, node: Node, server: str) -> Path:
    """A folder with the samples and, made from the live document, the clients that they use."""
    folder = tmp_path_factory.mktemp("typescript")
    (folder / "node_modules").symlink_to(NPM)
    for name in PROGRAMS:
        shutil.copy(SAMPLES / f"{name}.ts", folder)
    config = folder / "orval.config.mjs"
    config.write_text((SAMPLES / "orval.config.mjs").read_text().replace(HOST, server))
    document = f"{server}/openapi.json"
    node(NPM / "openapi-typescript/bin/cli.js", document, "-o", folder / "api.d.ts")
    node(NPM / "@hey-api/openapi-ts/bin/run.js", "-i", document, "-o", folder / "client", "--no-log-file")
    node(NPM / "orval/dist/bin/orval.mjs", "--config", config)
    return folder


def mistaken(project: Path) -> list[str]:
    """Write copies of the samples with one mistake each; return their names."""
    names = []
    for program in PROGRAMS:
        text = (project / f"{program}.ts").read_text()
        for mistake, (right, wrong) in MISTAKES.items():
            assert right in text, (program, mistake)
            names.append(f"{program}-with-{mistake.replace(' ', '-')}.ts")
            (project / names[-1]).write_text(text.replace(right, wrong))
    return names


def test_the_samples_compile_strictly_and_every_mistake_in_them_is_told(
    project: Path, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    mistakes = mistaken(project)
    files = [*(f"{name}.ts" for name in PROGRAMS), *mistakes]
    monkeypatch.chdir(project)

    with pytest.raises(subprocess.CalledProcessError) as failed:
        node(NPM / "typescript/bin/tsc", *STRICT, *TARGET, *files)

    faulty = set(re.findall(r"^([^\s(]+)\(\d+,\d+\): error", failed.value.stdout, re.MULTILINE))
    assert faulty == set(mistakes), failed.value.stdout


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_sample_overrules_the_types(program: str) -> None:
    text = (SAMPLES / f"{program}.ts").read_text()

    assert re.findall(r"\bas\b|\bany\b|\bunknown\b|@ts-|\w!", text) == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_sample_prints_what_the_notice_says(
    program: str, project: Path, node: Node, server: str, printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    node("-e", BUNDLE, f"{program}.ts")
    script = (project / f"out/{program}.js").rename(project / f"out/{program}.mjs")

    assert node(script, server) == printed

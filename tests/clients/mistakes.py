"""Mistakes put into the samples of clients, each of which a type checker has to report."""

import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from app.settings import ROOT

NPM = ROOT / "tests/npm/node_modules"
STRICT = ["--strict", "--noUncheckedIndexedAccess", "--noEmit"]
TARGET = ["--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"]

Node = Callable[..., str]
Mistakes = dict[str, tuple[str, str]]


def add_mistakes(folder: Path, sample: str, mistakes: Mistakes) -> set[str]:
    """Write a copy of a sample with each of the mistakes, correct text by wrong text; return the copies' names."""
    path = folder / sample
    text = path.read_text()
    for name, (right, wrong) in mistakes.items():
        assert right in text, (sample, name)
        path.with_stem(f"{path.stem}_{name}").write_text(text.replace(right, wrong))
    return {f"{path.stem}_{name}{path.suffix}" for name in mistakes}


def assert_reported_by_tsc(node: Node, names: Iterable[str], mistaken: set[str], *options: str) -> None:
    """Check that TypeScript finds errors in the mistaken files of the working directory, and in no other."""
    with pytest.raises(subprocess.CalledProcessError) as failed:
        node(NPM / "typescript/bin/tsc", *STRICT, *options, *TARGET, *names, *mistaken)

    output: str = failed.value.stdout
    assert set(re.findall(r"^([^\s(]+)\(\d+,\d+\): error", output, re.MULTILINE)) == mistaken, output


def assert_reported_by_mypy(output: str, mistaken: set[str], ignored: Iterable[str] = ()) -> None:
    """Check that the output of mypy has errors in the mistaken files, and in no other that is not ignored."""
    assert set(re.findall(r"^(\S+):\d+: error", output, re.MULTILINE)) - set(ignored) == mistaken, output

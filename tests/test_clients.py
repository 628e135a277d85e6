"""The sample clients of docs/clients: typed by the document, compiled strictly, and run against a live server."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.settings import ROOT

CLIENTS = ROOT / "docs/clients"
NPM = ROOT / "tests/npm/node_modules"
STRICT = ["--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"]
SAID = """\
4 issues are about innovation
9.37亿元: Increase in Putuo's total society-wide R&D spending in 2022 over the previous year (3346–3393)
0.71个百分点: Rise, in percentage points, of the share of GDP taken by Putuo's society-wide R&D spending in 2022 (3346–3393)
10项: Specific measures put forward with the revised work plan on R&D intensity (3393–3423)
figures without an upper bound: 40余项, 至少一次
422: limit allows 1 to 200
"""  # noqa: E501

Node = Callable[..., str]


@pytest.fixture
def typescript(tmp_path: Path, node: Node, server: str) -> Path:
    """The TypeScript sample beside the types made from the live document."""
    shutil.copy(CLIENTS / "issues.ts", tmp_path)
    node(NPM / "openapi-typescript/bin/cli.js", f"{server}/openapi.json", "-o", tmp_path / "api.d.ts")
    return tmp_path / "issues.ts"


def test_the_typescript_sample_compiles_strictly_and_says_what_the_notice_says(
    typescript: Path, node: Node, server: str
) -> None:
    node(NPM / "typescript/bin/tsc", *STRICT, typescript)

    assert node(typescript, server) == SAID


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('topic: ["innovation"]', 'topic: ["inovation"]'),
        ('topic: ["innovation"]', 'topik: ["innovation"]'),
        ('get("/issues", {', 'get("/isues", {'),
        ("metric.value_text", "metric.value_txt"),
        ("page.next === null", "page.next.length === 0"),
        ("slip?.name", "slip.nom"),
    ],
)
def test_a_mistake_in_the_typescript_sample_does_not_compile(
    typescript: Path, node: Node, right: str, wrong: str
) -> None:
    text = typescript.read_text()
    assert right in text
    typescript.write_text(text.replace(right, wrong, 1))

    with pytest.raises(subprocess.CalledProcessError):
        node(NPM / "typescript/bin/tsc", *STRICT, typescript)


def test_the_python_sample_says_what_the_notice_says(server: str) -> None:
    done = subprocess.run(
        [sys.executable, CLIENTS / "issues.py", server], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout == SAID

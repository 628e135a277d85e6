"""The commands print UTF-8, whatever the console's encoding is, and are about what is served."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import HERE, SECOND, write

from app.database.engine import Database
from app.settings import ROOT
from app.transcription.layout.json_schema import schema

CONSOLES = {
    "gbk": {"PYTHONIOENCODING": "gbk"},
    "ascii": {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    "c": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
every_console = pytest.mark.parametrize("console", CONSOLES.values(), ids=CONSOLES)


def run(console: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command of the service, as a console with these variables would."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, cwd=ROOT, env=inherited | console, capture_output=True, timeout=120, check=False)


@every_console
def test_a_document_is_printed_whole(console: dict[str, str]) -> None:
    done = run(console, "schema")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == schema(ROOT / "seed")


@every_console
def test_an_error_is_told_in_the_words_of_the_notice(console: dict[str, str], seed: Path) -> None:
    path = seed / "shanghai-putuo-2024/notice.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"9.37亿元"', '"9.38亿元"'), encoding="utf-8")

    done = run(console, "check", seed)

    assert done.returncode == 1
    assert "9.38亿元" in done.stderr.decode("utf-8")


@pytest.mark.parametrize("command", ["check", "schema", "openapi"])
def test_an_output_that_cannot_be_written_is_an_error_in_one_line(command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", command],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["standard output: No space left on device"]


@pytest.mark.parametrize("drafts", [True, False])
def test_build_and_prune_are_about_the_database_that_is_served(seed: Path, tmp_path: Path, drafts: bool) -> None:
    shutil.copytree(HERE / "notices" / SECOND, seed / SECOND)
    draft = json.loads((seed / SECOND / "notice.json").read_text(encoding="utf-8"))
    draft["notice"]["stage"] = "draft"
    write(seed / SECOND / "notice.json", draft)
    folder = tmp_path / "var"
    settings = {"NOTICE_SEED": str(seed), "NOTICE_DATABASE": str(folder), "NOTICE_DRAFTS": str(int(drafts))}
    served, other = Database(seed, folder, drafts).path, Database(seed, folder, not drafts).path

    built = run(settings, "build")
    files = [path.name for path in folder.glob("*.sqlite3")]
    pruned = run(settings, "prune")

    assert (built.returncode, pruned.returncode) == (0, 0), built.stderr
    assert (files, pruned.stdout) == ([served.name], b"")
    assert served.exists()
    assert served != other

"""A seed that can't be read: every command says what is wrong and where, without a trace, and writes nothing."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.settings import ROOT

NOTICE = "shanghai-putuo-2024"
NEVER = 600  # seconds


def nest(path: Path) -> None:
    path.write_text("[" * 100_000 + "]" * 100_000)


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def be_unreadable(path: Path) -> None:
    """A link to itself can't be read by anybody, not even by root."""
    path.unlink()
    path.symlink_to(path.name)


FAULTS = [
    pytest.param("notices.json", nest, "is nested too deeply", marks=pytest.mark.proof),
    (f"{NOTICE}/notice.json", nest, "is nested too deeply"),
    pytest.param("notices.json", become_a_folder, "can't be read: Is a directory", marks=pytest.mark.proof),
    pytest.param("releases.json", become_a_folder, "can't be read: Is a directory", marks=pytest.mark.proof),
    (f"{NOTICE}/notice.txt", be_unreadable, "can't be read: Too many levels"),
]


@pytest.mark.parametrize(("name", "spoil", "told"), FAULTS)
def test_a_file_that_cannot_be_read_is_named(seed: Path, name: str, spoil: Callable[[Path], None], told: str) -> None:
    spoil(seed / name)
    settings = {"NOTICE_SEED": str(seed), "NOTICE_DATABASE": str(seed.parent / "var")}

    done = subprocess.run(
        [sys.executable, "-m", "app", "serve"], cwd=ROOT, env=os.environ | settings,
        capture_output=True, text=True, timeout=NEVER, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert f"{seed / name}: $: {told}" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (seed.parent / "var").exists()

"""Processes that prepare notices: what they hand on is what one process makes, and none outlives whoever builds."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bench.corpus import grow

from app.database import workers
from app.database.errors import DatabaseError
from app.database.workers import examine_all
from app.settings import ROOT
from app.transcription.seed import load_seed

NOTICES = 4
NEVER = 300  # seconds
BUILD = """
import os, sys
from pathlib import Path
from app.database import workers
from app.database.engine import Database
workers._FEW = 1
os.cpu_count = lambda: 2
print("begun", flush=True)
Database(Path(sys.argv[1]), Path(sys.argv[2])).file
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "seed"
    grow(folder, NOTICES)
    return folder


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two processes work, however few notices there are."""
    monkeypatch.setattr(workers, "_FEW", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def children(pid: int) -> set[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return {int(child) for child in listed.split()}


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.usefixtures("several")
def test_several_processes_prepare_what_one_does(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_two = list(examine_all(load_seed(corpus)))

    monkeypatch.setattr(workers, "_FEW", NOTICES + 1)
    assert by_two == list(examine_all(load_seed(corpus)))
    assert len(by_two) == NOTICES


@pytest.mark.usefixtures("several")
def test_a_process_that_is_killed_is_told_and_the_others_end(corpus: Path) -> None:
    before = children(os.getpid())
    examined = examine_all(load_seed(corpus))
    next(examined)
    begun = children(os.getpid()) - before
    os.kill(max(begun), signal.SIGKILL)

    with pytest.raises(DatabaseError, match="has ended"):
        list(examined)

    assert len(begun) == 2
    assert not any(map(is_running, begun))


def test_none_outlives_a_build_that_is_killed(corpus: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", BUILD, str(corpus), str(tmp_path)]
    build = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert build.stdout
    assert build.stdout.readline() == b"begun\n"
    end = time.monotonic() + NEVER
    while not (begun := children(build.pid)) and build.poll() is None:
        assert time.monotonic() < end
    assert len(begun) > 0
    build.kill()
    build.communicate(timeout=NEVER)

    while any(map(is_running, begun)):
        assert time.monotonic() < end
        time.sleep(0.05)

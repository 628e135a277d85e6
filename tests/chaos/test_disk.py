"""A full disk and killed builds: what can't be done is said, nothing is served by half, and nothing is left behind."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from asgi import Client

from app.database.temporary import temporary_folder
from app.main import create_app
from app.settings import ROOT, Settings

NEVER = 600  # seconds
LONG = os.environ.get("CHAOS")  # set by `make chaos`


@contextmanager
def room(size: int) -> Iterator[None]:
    """Let this process write no file longer than so many bytes: as a full disk does, the write fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


def start_build(var: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", "build"], cwd=ROOT, env=os.environ | {"NOTICE_DATABASE": str(var)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_full_disk_at_a_build_is_said_with_the_setting_that_helps(tmp_path: Path) -> None:
    with room(200_000):
        build = start_build(tmp_path / "var")
        told = build.communicate(timeout=NEVER)[1]

    assert build.returncode == 1
    assert "NOTICE_DATABASE" in told
    assert "Traceback" not in told
    assert len(told) < 1000
    assert list((tmp_path / "var").iterdir()) == []


def test_a_full_disk_at_a_release_is_a_503_and_leaves_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(create_app(Settings(database=tmp_path)))
    assert client.get("/issues").status_code == 200

    with room(100_000):
        response = client.get("/dataset")

    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert "the release can't be built" in caplog.text
    assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite3"]
    assert client.get("/issues").status_code == 200


def test_a_full_disk_at_a_workbook_is_a_503(tmp_path: Path) -> None:
    client = Client(create_app(Settings(database=tmp_path)))
    assert client.get("/issues").status_code == 200

    with room(10_000):
        response = client.get("/measures.xlsx")

    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert client.get("/measures.xlsx").status_code == 200


@pytest.mark.parametrize("moment", [n / 10 for n in range(10)] if LONG else [0.3])
def test_what_a_killed_build_leaves_the_next_one_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: float
) -> None:
    monkeypatch.setattr("app.database.temporary._YOUNG", -1)
    build = start_build(tmp_path)
    end = time.monotonic() + NEVER
    while not list(tmp_path.glob(".notices-*")) and time.monotonic() < end:
        time.sleep(0.005)
    time.sleep(moment)
    build.kill()
    build.communicate()

    assert Client(create_app(Settings(database=tmp_path))).get("/issues").status_code == 200

    assert [path.suffix for path in tmp_path.iterdir() if path.name.startswith((".notices", "notices"))] == [".sqlite3"]


def test_a_draft_that_a_process_is_making_is_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.database.temporary._YOUNG", -1)
    with temporary_folder(tmp_path / "notices-1") as first:
        with temporary_folder(tmp_path / "notices-2"):
            assert first.is_dir()
        assert first.is_dir()

    assert list(tmp_path.iterdir()) == []

"""Files of the release that are damaged, removed or half made: never sent under their tag, made anew."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from asgi import Client

from app.main import create_app
from app.release.build import MANIFEST
from app.settings import ROOT, Settings

# `python -m app build`, killed at the n-th time that it makes, moves or removes something in the release's folders, as
# one kills a process from outside; with 0 it says how often it does.
KILLED = """
import os, runpy, signal, sys

kill_at, moments = int(sys.argv[1]), []

def watch(event, arguments):
    if event in ("open", "os.mkdir", "os.rename", "os.chmod", "shutil.rmtree") and "release-" in str(arguments[0]):
        if event != "open" or arguments[2] & os.O_WRONLY | arguments[2] & os.O_RDWR:
            moments.append(event)
            if len(moments) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

signal.alarm(600)
sys.addaudithook(watch)
sys.argv = ["app", "build"]
runpy.run_module("app", run_name="__main__")
print(*moments)
"""
FILE = "issues.csv"


def flip(folder: Path) -> None:
    content = bytearray((folder / FILE).read_bytes())
    content[1000] ^= 1
    (folder / FILE).write_bytes(content)


def damage_the_list(folder: Path) -> None:
    content = bytearray((folder / MANIFEST).read_bytes())
    content[200] ^= 1
    (folder / MANIFEST).write_bytes(content)
    flip(folder)


FAULTS: dict[str, Callable[[Path], None]] = {
    "a bit flipped": flip,
    "a file removed": lambda folder: (folder / FILE).unlink(),
    "the folder removed": shutil.rmtree,
    "the list damaged": damage_the_list,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A folder with the database and the release, and a file's content."""
    folder = tmp_path_factory.mktemp("var")
    return folder, Client(create_app(Settings(database=folder))).get(f"/dataset/{FILE}").content


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("running", [True, False], ids=["under a process", "before the start"])
def test_a_damaged_file_is_made_anew_and_never_sent(
    whole: tuple[Path, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    running: bool,
    fault: Callable[[Path], None],
) -> None:
    copy = Path(shutil.copytree(whole[0], tmp_path / "var"))
    monkeypatch.setattr("app.release.storage.build", lambda _, folder: _copy(whole[0], folder))
    client = Client(create_app(Settings(database=copy)))
    if running:
        assert client.get(f"/dataset/{FILE}").content == whole[1]

    fault(next(copy.glob("release-*")))
    answered = client.get(f"/dataset/{FILE}", headers={"Range": "bytes=0-"})

    assert (answered.status_code, answered.content) == (206, whole[1])
    assert sorted(path.name[:7] for path in copy.iterdir()) == ["notices", "release"]


def _copy(folder: Path, to: Path) -> None:
    shutil.copytree(next(folder.glob("release-*")), to, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def moments(whole: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a build of a release does one after another, where a damaged one is in its place."""
    copy = spoilt_copy(whole[0], tmp_path_factory.mktemp("moments"))
    return build_killed(copy, 0).stdout.splitlines()[-1].split()


def spoilt_copy(folder: Path, to: Path) -> Path:
    copy = Path(shutil.copytree(folder, to / "var"))
    flip(next(copy.glob("release-*")))
    (next(copy.glob("release-*")) / MANIFEST).unlink()
    return copy


def build_killed(var: Path, moment: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(moment)], cwd=ROOT, env=os.environ | {"NOTICE_DATABASE": str(var)},
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "moment",
    [
        *(pytest.param(tenth / 10, marks=[] if tenth == 5 else pytest.mark.proof) for tenth in range(10)),
        pytest.param("os.rename", id="between the two moves"),
        pytest.param("shutil.rmtree", id="when it has been moved", marks=pytest.mark.proof),
    ],
)
def test_what_a_killed_release_leaves_is_never_served_and_the_next_start_removes_it(
    whole: tuple[Path, bytes],
    moments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: float | str,
) -> None:
    copy = spoilt_copy(whole[0], tmp_path)
    last = [n for n, event in enumerate(moments, 1) if event == moment]
    killed = build_killed(copy, last[-1] if isinstance(moment, str) else 1 + int(moment * len(moments)))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    monkeypatch.setattr("app.database.temporary._YOUNG", -1)

    client = Client(create_app(Settings(database=copy)))
    files = {file["name"]: file for file in client.get("/dataset").json()["files"]}

    assert sorted(path.name[:7] for path in copy.iterdir()) == ["notices", "release"]
    for name, file in files.items():
        assert hashlib.sha256(client.get(f"/dataset/{name}").content).hexdigest() == file["sha256"], name
    assert client.get(f"/dataset/{FILE}").content == whole[1]
    assert client.get("/issues").status_code == 200

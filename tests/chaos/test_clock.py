"""The clock that is set back and forward under a process: no answer changes, and nothing is ended too early or never.

Intervals are measured by the monotonic clock, which nobody sets. What reads the other one is listed here.
"""

import ast
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from asgi import Client
from conftest import NEVER
from fastapi import FastAPI
from running import Running, running

from app.http.protocol import SLOWEST_HEAD
from app.main import create_app
from app.settings import ROOT, Settings

# Who asks what time it is, and why that is no interval: ages of files, the day of a release or of an HTTP date, a note.
READERS = {
    "app/database/fingerprint.py",
    "app/database/temporary.py",
    "app/http/conditional.py",
    "app/transcription/checks/releases.py",
    "app/transcription/releases.py",
    "app/workbench/journal.py",
}
CLOCKS = {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
DAYS = ("1971-01-01 00:00:00", "2001-09-09 01:46:40", "2037-12-31 23:59:59", "2099-07-01 12:00:00")
LAST_MODIFIED = "last-modified"
URLS = ["/issues?limit={n}", "/measures?q=整改&limit={n}", "/metrics.csv?limit={n}", "/zh/issues/{n}", "/issues/{n}"]
LIBRARY = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)


def calls(path: Path) -> Iterator[str]:
    """Yield the names of functions that a module calls, such as `time.time`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def test_no_interval_is_measured_by_a_clock_that_can_be_set() -> None:
    readers = {path.relative_to(ROOT).as_posix() for path in (ROOT / "app").rglob("*.py") if CLOCKS & {*calls(path)}}

    assert readers == READERS


def preload() -> dict[str, str]:
    """Return the variables of a process whose clock is set, but not the one that measures intervals."""
    assert LIBRARY, "there is no libfaketime: run `make .venv/faketime` as root, or install it"
    return {"LD_PRELOAD": str(LIBRARY), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def offset(when: str) -> str:
    """Return how many seconds a time of UTC is away."""
    then = datetime.strptime(f"{when} +0000", "%Y-%m-%d %H:%M:%S %z")
    return f"{then.timestamp() - time.time():+.0f}"


class Clock:
    """The clock of processes that are started with its settings, and of them alone."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.settings = preload() | {"FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1"}
        self.set("+0")

    def set(self, seconds: str) -> None:
        """Set it so many seconds away from the right time, from which it goes on."""
        self.file.with_name("next").write_text(f"{seconds}\n")
        self.file.with_name("next").replace(self.file)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / "clock")


def answers(client: httpx.Client, n: int) -> list[tuple[int, bytes, dict[str, str]]]:
    """Ask for what was not asked before, if `n` is new; the answers without their date."""
    found = [client.get(url.format(n=n)) for url in URLS]
    found += [client.get("/issues", headers={"If-Modified-Since": found[0].headers[LAST_MODIFIED]})]
    found += [client.get("/issues", headers={"If-Unmodified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"})]
    return [(one.status_code, one.content, {k: v for k, v in one.headers.items() if k != "date"}) for one in found]


@pytest.mark.proof
def test_no_answer_changes_when_the_clock_is_set(seed_app: FastAPI, tmp_path: Path, clock: Clock) -> None:
    with ExitStack() as stack:
        right = stack.enter_context(running(seed_app, tmp_path / "log"))
        server = stack.enter_context(running(seed_app, tmp_path / "log2", **clock.settings))
        good = stack.enter_context(httpx.Client(base_url=right.address, timeout=NEVER))
        client = stack.enter_context(httpx.Client(base_url=server.address, timeout=NEVER))
        for n, day in enumerate(DAYS, 1):
            clock.set(offset(day))
            wait_for(client, day[:4])
            assert answers(client, n) == answers(good, n), day
            assert answers(client, 1) == answers(good, 1), day


def wait_for(client: httpx.Client, year: str) -> None:
    """Wait until the server's clock has been set, which it tells in its answers once a second."""
    end = time.monotonic() + 60
    while year not in client.get("/healthz").headers["date"]:
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.proof
@pytest.mark.parametrize("jump", ["+400000000", "-400000000"])
def test_nothing_is_ended_too_early_or_never_when_the_clock_is_set(
    seed_app: FastAPI, tmp_path: Path, clock: Clock, jump: str
) -> None:
    with running(seed_app, tmp_path / "log", NOTICE_KEEP_ALIVE="3600", **clock.settings) as server:
        with server.connect() as half, server.connect() as silent, httpx.Client(base_url=server.address) as kept:
            begin = time.monotonic()
            half.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
            assert kept.get("/healthz").status_code == 200
            clock.set(jump)
            time.sleep(3)  # in which the server looks after its connections

            half.sendall(b"\r\n")
            assert half.recv(15) == b"HTTP/1.1 200 OK"
            assert silent.recv(10) == b""
            assert time.monotonic() - begin >= SLOWEST_HEAD - 1
        assert stops(server)


def stops(server: Running) -> bool:
    server.process.terminate()
    return server.process.wait(NEVER) == 0


@pytest.mark.proof
def test_a_start_at_any_time_serves_what_is_built_and_a_build_says_which_day_it_takes_it_for(
    seed_app: FastAPI, tmp_path: Path, clock: Clock
) -> None:
    assert seed_app.state.database.file.exists()
    for day in DAYS:
        clock.set(offset(day))
        with running(seed_app, tmp_path / "log", **clock.settings) as server:
            assert httpx.get(f"{server.address}/issues?limit=1", timeout=NEVER).status_code == 200, day

    early, late = (build_on(day, tmp_path / day[:4]) for day in (DAYS[0], DAYS[3]))

    assert early.returncode == 1
    assert "is in the future: today is 1971-01-01 (UTC)" in early.stderr + early.stdout
    assert late.returncode == 0
    later = Client(create_app(Settings(database=tmp_path / "2099")))
    for url in ("/metrics.ndjson", "/statements.ndjson", "/dataset", "/changes"):
        assert later.get(url).content == Client(seed_app).get(url).content


def build_on(day: str, place: Path) -> "subprocess.CompletedProcess[str]":
    settings = preload() | {"FAKETIME": offset(day), "NOTICE_DATABASE": str(place)}
    return subprocess.run(
        [sys.executable, "-m", "app", "build"], cwd=ROOT, env=os.environ | settings,
        capture_output=True, text=True, timeout=NEVER, check=False,
    )  # fmt: skip


@pytest.mark.proof
def test_leftovers_of_the_future_are_removed(seed_app: FastAPI, tmp_path: Path, clock: Clock) -> None:
    folder = Path(shutil.copytree(seed_app.state.database.file.parent, tmp_path / "var"))
    (folder / ".notices-0000-killed").mkdir()
    clock.set("-400000000")

    with running(seed_app, tmp_path / "log", NOTICE_DATABASE=str(folder), **clock.settings) as server:
        assert httpx.get(f"{server.address}/readyz", timeout=NEVER).status_code == 200

    assert not (folder / ".notices-0000-killed").exists()

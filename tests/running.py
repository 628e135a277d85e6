"""A server in a process of its own, over the data of an app, for faults that only a real one has."""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conftest import NEVER, SERVE
from fastapi import FastAPI

from app.settings import ROOT


@dataclass
class Running:
    """A server, where it listens, and what it prints."""

    process: subprocess.Popen[str]
    host: str
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def connect(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=NEVER)

    def resident(self) -> int:
        """Return how many bytes of memory it has."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * resource.getpagesize()


def start(app: FastAPI, log: Path, descriptors: int | None = None, /, **settings: str) -> subprocess.Popen[str]:
    """Start a server that may have so many open files; `settings` are variables of its environment."""
    database = app.state.database
    data = {"NOTICE_SEED": str(database.seed), "NOTICE_DATABASE": str(database.path.parent), "NOTICE_PORT": "0"}
    limit = ["sh", "-c", f'ulimit -n {descriptors} && exec "$@"', "sh"] if descriptors else []
    with log.open("w") as output:
        return subprocess.Popen(
            [*limit, sys.executable, "-c", SERVE],
            cwd=ROOT,
            env=os.environ | data | settings,
            stdout=output,
            stderr=output,
            text=True,
        )


@contextmanager
def running(app: FastAPI, log: Path, descriptors: int | None = None, /, **settings: str) -> Iterator[Running]:
    """Run a server until the end."""
    process = start(app, log, descriptors, **settings)
    try:
        end = time.monotonic() + NEVER
        while "Serving on http://" not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end
            time.sleep(0.05)
        host, port = log.read_text().partition("Serving on http://")[2].partition("/")[0].split(":")
        yield Running(process, host, int(port), log)
    finally:
        process.kill()
        process.wait(NEVER)

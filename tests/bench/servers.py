"""Servers: each one process on one core, bounded in time, ended by its id."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.driving import Unmeasurable

ROOT = Path(__file__).resolve().parents[2]
LIFE = 3600  # seconds after which a server ends even if nobody is there to end it
_STARTED = """
import runpy, signal, sys
signal.alarm(int(sys.argv[1]))
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True)
class Server:
    """One that answers. `started` is the time from its process's start to its first answer, in seconds."""

    process: subprocess.Popen[bytes]
    port: int
    started: float

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def resident(self) -> float:
        """Memory that it holds now, in MB."""
        return _status(self.process.pid, "VmRSS")

    @property
    def worked(self) -> float:
        """Processor time that it has taken, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def peak(self) -> float:
        """The most that it has held, in MB."""
        return _status(self.process.pid, "VmHWM")


@contextmanager
def service(core: int, seed: Path, database: Path, patience: float = 60) -> Iterator[Server]:
    """The service as `python -m app serve` starts it, but quiet: a line in a log for each request is not measured."""
    port = free_port()
    settings = {"PORT": port, "DATABASE": database, "SEED": seed, "LOG_LEVEL": "warning"}
    environment = {f"NOTICE_{name}": str(value) for name, value in settings.items()}
    with started(["app", "serve"], core, port, environment, patience) as server:
        yield server


@contextmanager
def uvicorn(factory: str, core: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """Another app, under the same server with the same settings."""
    port = free_port()
    command = f"uvicorn --factory {factory} --host 127.0.0.1 --port {port} --log-level warning".split()
    with started(command, core, port, environment) as server:
        yield server


@contextmanager
def started(
    module: Sequence[str], core: int, port: int, environment: Mapping[str, str], patience: float = 60
) -> Iterator[Server]:
    """A module run until it answers on its port, and ended afterwards."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", _STARTED, str(LIFE), *module],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests"), **environment},
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(process, port, begin + patience)
        yield Server(process, port, time.perf_counter() - begin)
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _await(process: subprocess.Popen[bytes], port: int, end: float) -> None:
    while not _answers(port):
        if process.poll() is not None:
            raise Unmeasurable(f"a server ended before it answered: {process.args!r}")
        if time.perf_counter() > end:
            raise Unmeasurable(f"a server did not answer in time: {process.args!r}")
        time.sleep(0.005)


def _answers(port: int) -> bool:
    """Whether anything is answered, were it a 404."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/issues?limit=1")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def _status(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024

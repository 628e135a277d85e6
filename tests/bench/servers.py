"""Servers: each one process on one core, with those that it starts; bounded in time, ended by its id."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.driving import Unmeasurable

ROOT = Path(__file__).resolve().parents[2]
LIFE = 3600  # seconds after which a server ends even if nobody is there to end it
PATIENCE = 60.0  # seconds for a start, and for an end: a server may first finish the answers that it has begun
_STARTED = """
import runpy, signal, sys
signal.alarm(int(sys.argv[1]))
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True)
class Server:
    """One that answers. `started` is the time from its process's start to its first answer, in seconds.

    `beside` is another process that works for it, such as a database.
    """

    process: subprocess.Popen[bytes]
    port: int
    started: float
    beside: int | None = None

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def resident(self) -> float:
        """Memory that it and the processes it has started hold now, in MB."""
        return sum(_status(pid, "VmRSS") for pid in family(self.process.pid))

    @property
    def worked(self) -> float:
        """Processor time that it has taken, with those that it has started and those beside it, in seconds."""
        roots = [self.process.pid] + ([self.beside] if self.beside else [])
        ticks = sum(sum(map(int, _stat(pid)[11:15])) for root in roots for pid in family(root))
        return ticks / os.sysconf("SC_CLK_TCK")

    @property
    def peak(self) -> float:
        """The most that it has held, in MB."""
        return _status(self.process.pid, "VmHWM")


@contextmanager
def service(
    core: int, seed: Path, database: Path | str, patience: float = PATIENCE, beside: int | None = None
) -> Iterator[Server]:
    """The service as `python -m app serve` starts it, but quiet: a line in a log for each request is not measured."""
    port = free_port()
    settings = {"PORT": port, "DATABASE": database, "SEED": seed, "LOG_LEVEL": "warning"}
    environment = {f"NOTICE_{name}": str(value) for name, value in settings.items()}
    with started(module("app", "serve"), core, port, environment, patience, beside) as server:
        yield server


@contextmanager
def uvicorn(factory: str, core: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """Another app, under the same server with the same settings."""
    port = free_port()
    arguments = f"uvicorn --factory {factory} --host 127.0.0.1 --port {port} --log-level warning".split()
    with started(module(*arguments), core, port, environment) as server:
        yield server


def module(*arguments: str) -> list[str]:
    """The command of a Python module, bounded in time."""
    return [sys.executable, "-c", _STARTED, str(LIFE), *arguments]


def program(*arguments: str | Path) -> list[str]:
    """The command of any other program, bounded in time."""
    return ["timeout", str(LIFE), *map(str, arguments)]


@contextmanager
def started(
    command: Sequence[str],
    core: int,
    port: int,
    environment: Mapping[str, str],
    patience: float = PATIENCE,
    beside: int | None = None,
) -> Iterator[Server]:
    """A command run until it answers on its port, and ended afterwards."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests"), **environment},
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _await(process, port, begin + patience)
        yield Server(process, port, time.perf_counter() - begin, beside)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes], patience: float = PATIENCE) -> None:
    """Ask the leader of a session to end; after so many seconds, end it and all that it has started."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def family(pid: int) -> list[int]:
    """A process and all that descend from it, as far as they live."""
    parents = {int(folder.name): parent(int(folder.name)) for folder in Path("/proc").glob("[0-9]*")}
    found = [pid]
    for one in found:
        found += [child for child, of in parents.items() if of == one]
    return found


def parent(pid: int) -> int:
    """The process that started another; 0 where that has ended."""
    return int(_stat(pid)[1])


def _stat(pid: int) -> list[str]:
    """What the kernel counts of a process, from its state on; of one that has ended nothing is left but zeros."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return ["0"] * 15


def _status(pid: int, name: str) -> float:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024
    return 0.0


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

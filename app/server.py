"""The server: uvicorn, with its limits set, that says where it listens once it does and stops within a set time.

uvicorn ends a process with the signal that stopped it; here a stop that was asked for is a success, with exit code 0.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from socket import socket
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from app.http.protocol import TOLD
from app.logs import log_config
from app.settings import Settings

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

# Files that are open beside those of connections: the database, workbooks and pages that are being made, the log.
_OPEN_FILES = 48 + TOLD
_READY_WITHIN = 60  # seconds that a new worker has for its start, and any for a sign of life, on a machine that is busy
_A_CONNECTION = 2  # files of a connection at most: its own, and that which it downloads
logger = logging.getLogger("zhenggai")


def run(settings: Settings, app: FastAPI | str) -> None:
    """Serve until a signal comes; exit with an error where the start fails, whatever the number of processes.

    Several processes import the app by its name.
    """
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http="app.http.protocol:Protocol",
        workers=settings.workers,
        log_level=settings.log_level,
        log_config=log_config(settings.log_format),
        # A line a request takes as long as the answer itself.
        access_log=settings.log_level in ("debug", "trace"),
        limit_concurrency=settings.connections,
        timeout_keep_alive=settings.keep_alive,
        timeout_graceful_shutdown=settings.stop_within,
        timeout_worker_healthcheck=_READY_WITHIN,
    )
    config.limit_concurrency = _possible_connections(settings.connections)
    if settings.workers == 1:
        server = Server(config)
        server.run()
        sys.exit(0 if server.started else STARTUP_FAILURE)
    # Called in every worker, since only they know that nobody looks after them any more.
    config.callback_notify, config.timeout_notify = partial(_stop_with_parent, os.getpid()), 1
    supervisor = Supervisor(config, [config.bind_socket()])
    supervisor.run()
    sys.exit(STARTUP_FAILURE if supervisor.failed else 0)


def _possible_connections(wanted: int) -> int:
    """Have as many files open as so many connections need, and return how many there can be with what is allowed."""
    if resource is None:
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = _OPEN_FILES + _A_CONNECTION * wanted
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return wanted
    allowed = needed if hard == resource.RLIM_INFINITY else min(hard, needed)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    possible = max(1, (allowed - _OPEN_FILES) // _A_CONNECTION)
    if possible < wanted:
        logger.warning("%d files may be open (ulimit -n): %d connections at once instead of %d", hard, possible, wanted)
    return min(wanted, possible)


class Server(uvicorn.Server):
    """The one process that there is. A second signal of any kind ends it at once."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if self.started:
            announce(self.config, self.servers[0].sockets[0])

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop gracefully; at the second signal at once."""
        self.force_exit = self.should_exit
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle signals, a closed terminal's too, and do not raise them again afterwards."""
        hangup = getattr(signal, "SIGHUP", None)
        before = signal.signal(hangup, self.handle_exit) if hangup else None
        with super().capture_signals():
            yield
            self._captured_signals.clear()
        if hangup:
            signal.signal(hangup, before)


class Supervisor(Multiprocess):
    """Keeps several processes running, of which each answers."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket]) -> None:
        super().__init__(config, sockets)
        self.failed = self.is_announced = False

    def keep_subprocess_alive(self) -> None:
        """Start processes that have died anew; give up where one can't start at all."""
        stopping = self.should_exit.is_set()
        super().keep_subprocess_alive()
        self.failed = self.should_exit.is_set() and not stopping
        if not self.is_announced and any(process.is_ready(1) for process in self.processes):
            self.is_announced = True
            announce(self.config, self.sockets[0])


def announce(config: uvicorn.Config, listener: Any) -> None:
    """Print the address at which requests are taken from now on."""
    host, port = f"[{config.host}]" if ":" in config.host else config.host, listener.getsockname()[1]
    line = f"Serving on http://{host}:{port}/ (reference: /docs)\n"
    # Where it can't be written, on a full disk or to a reader that has left, requests are answered all the same.
    with suppress(OSError):
        os.write(sys.stdout.fileno(), line.encode())


async def _stop_with_parent(parent: int) -> None:
    """Stop a worker whose parent was killed: nobody would stop it later, and it holds the port."""
    if os.getppid() != parent:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)

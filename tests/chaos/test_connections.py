"""More connections than can be served, for want of descriptors or beyond the limit, and such as are idle or stall.

Who is served gets the right answer, others are told or closed, and it is as before when they have left.
"""

import json
import resource
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPException, HTTPResponse
from pathlib import Path

import httpx
import pytest
from asgi import Client
from conftest import NEVER
from fastapi import FastAPI
from running import Running, running

from app.http.protocol import SLOWEST_HEAD, SLOWEST_READER

# Of every kind: from memory, by a thread, by a page's event loop, from a file that is made, and from one that is there.
ADDRESSES = ["/metrics?limit={n}", "/measures.xlsx?limit={n}", "/zh/issues?q={n}", "/numerals.csv?limit={n}"]
ADDRESSES += ["/dataset/issues.csv?", "/locate?text=9.37亿元{n}"]
long = pytest.mark.proof


@contextmanager
def descriptors(count: int) -> Iterator[None]:
    """Let this process have so many open files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count:
        pytest.fail(f"this process may have {hard} open files only, and the test needs {count}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def respond(connection: socket.socket) -> tuple[int, bytes]:
    """Read a response; 0 where the connection was closed instead."""
    response = HTTPResponse(connection)
    try:
        response.begin()
        return response.status, response.read()
    except (HTTPException, OSError):
        return 0, b""


def ask_at_once(server: Running, urls: list[str]) -> list[tuple[int, bytes]]:
    """Open a connection for each address, and only then ask and read."""
    with ExitStack() as stack:
        connections = [stack.enter_context(server.connect()) for _ in urls]
        for connection, url in zip(connections, urls, strict=True):
            target = str(httpx.URL(url).raw_path, "ascii")
            with suppress(OSError):  # it may have been closed
                connection.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return [respond(connection) for connection in connections]


@pytest.mark.parametrize("count", [150, pytest.param(400, marks=long)])
def test_with_few_descriptors_some_are_served_and_all_the_others_told_or_closed(
    seed_app: FastAPI, tmp_path: Path, count: int
) -> None:
    urls = [ADDRESSES[n % len(ADDRESSES)].format(n=n % 200 + 1) for n in range(count)]
    client = Client(seed_app)
    with running(seed_app, tmp_path / "log", 128) as server:
        answered = ask_at_once(server, urls)
        after = [httpx.get(server.address + url, timeout=NEVER) for url in urls[: len(ADDRESSES)]]
    log = (tmp_path / "log").read_text()

    statuses = Counter(status for status, _ in answered)
    assert set(statuses) <= {0, 200, 503}
    assert statuses[200] >= 30
    for url, (status, body) in zip(urls, answered, strict=True):
        assert status != 200 or body == client.get(url).content, url
        assert status != 503 or json.loads(body)["title"] == "Service unavailable"
    assert [response.status_code for response in after] == [200] * len(ADDRESSES)
    assert "128 files may be open (ulimit -n): 32 connections at once instead of 800" in log
    assert "connections beyond the 32 that are served at once" in log
    assert len(log.splitlines()) < 20, "it does not say so for each"


@long
def test_a_thousand_idle_connections_are_closed_and_give_way(seed_app: FastAPI, tmp_path: Path) -> None:
    with descriptors(2000), running(seed_app, tmp_path / "log") as server, ExitStack() as stack:
        served = stack.enter_context(httpx.Client(base_url=server.address, timeout=NEVER))
        assert served.get("/healthz").status_code == 200
        idle = [stack.enter_context(server.connect()) for _ in range(1000)]
        begin = time.monotonic()

        assert served.get("/healthz").status_code == 200, "who is served already is served on"
        for connection in idle:
            assert respond(connection) == (0, b"")
        assert time.monotonic() - begin >= SLOWEST_HEAD - 2

        assert httpx.get(f"{server.address}/issues?limit=1", timeout=NEVER).status_code == 200
    assert len((tmp_path / "log").read_text().splitlines()) < 20


@long
def test_readers_that_stall_hold_nobody_up_and_are_closed(seed_app: FastAPI, tmp_path: Path) -> None:
    with running(seed_app, tmp_path / "log") as server, ExitStack() as stack:
        size = server.resident()
        stalled = []
        for _ in range(100):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect((server.host, server.port))
            connection.sendall(b"GET /statements.ndjson HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\n\r\n")
            stalled.append(connection)
        begin = time.monotonic()

        with httpx.Client(base_url=server.address, timeout=NEVER) as client:
            while (taken := time.monotonic() - begin) < SLOWEST_READER + 10:
                assert client.get("/healthz").status_code == 200
                assert client.get("/measures.csv", params={"limit": int(taken) + 1}).status_code == 200
                time.sleep(1)
        assert server.resident() - size < 100 * 2**20
        with suppress(ConnectionResetError):
            assert len(stalled[0].recv(2**20)) < 2**20, "it was not sent to its end"
            while stalled[0].recv(2**20):
                pass
        assert open_connections(server) <= 1


def open_connections(server: Running) -> int:
    """Return how many connections to its port it holds."""
    local, established = f":{server.port:04X}", "01"
    lines = (line.split() for line in Path(f"/proc/{server.process.pid}/net/tcp").read_text().splitlines()[1:])
    return sum(line[1].endswith(local) and line[3] == established for line in lines)

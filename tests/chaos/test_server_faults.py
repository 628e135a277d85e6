"""The server's own faults: starts that fail, stops that are held up, parents that die, heads that never end."""

import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

import httpx
import pytest
from asgi import Client
from bench.servers import free_port
from conftest import add_second
from fastapi import FastAPI
from running import Running, running, start

from app.http.protocol import LONGEST_HEAD, SLOWEST_HEAD
from app.main import create_app
from app.settings import Settings

NEVER = 300  # seconds
long = pytest.mark.proof


def stall(server: Running) -> socket.socket:
    """Ask for a long file and read nothing of it."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((server.host, server.port))
    connection.sendall(b"GET /statements.ndjson HTTP/1.1\r\nHost: x\r\n\r\n")
    assert connection.recv(100)
    return connection


def test_a_reader_that_stalls_holds_up_a_stop_no_longer_than_is_set(seed_app: FastAPI, tmp_path: Path) -> None:
    with running(seed_app, tmp_path / "log", NOTICE_STOP_WITHIN="1") as server, stall(server):
        server.process.send_signal(signal.SIGTERM)

        assert server.process.wait(NEVER) == 0


@long
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_second_signal_ends_it_at_once(seed_app: FastAPI, tmp_path: Path, name: str) -> None:
    with running(seed_app, tmp_path / "log", NOTICE_STOP_WITHIN="3600") as server, stall(server):
        server.process.send_signal(getattr(signal, name))
        while "Shutting down" not in server.log.read_text():
            time.sleep(0.05)
        server.process.send_signal(signal.SIGTERM)

        assert server.process.wait(NEVER) == 0
    assert "Traceback" not in server.log.read_text()


@long
def test_a_head_that_is_too_long_is_refused_and_the_next_client_answered(seed_app: FastAPI, tmp_path: Path) -> None:
    with running(seed_app, tmp_path / "log") as server:
        with server.connect() as connection:
            told = b""
            with suppress(OSError):
                for _ in range(10_000):  # 160 MB, of which it takes little
                    connection.sendall(b"GET /" + b"a" * 16_000)
            with suppress(OSError):  # what was not read yet may be gone with the connection
                told = connection.recv(1000)
        response = httpx.get(f"http://{server.host}:{server.port}/issues?limit=1", timeout=NEVER)

    assert told[:12] in (b"", b"HTTP/1.1 431", b"HTTP/1.1 400")
    assert response.status_code == 200
    assert LONGEST_HEAD < 16_000 * 10_000


def test_log_lines_in_json_name_each_request_and_a_stop_is_a_success(seed_app: FastAPI, tmp_path: Path) -> None:
    with running(seed_app, tmp_path / "log", NOTICE_LOG_FORMAT="json") as server:
        base = f"http://{server.host}:{server.port}"
        missing = httpx.get(f"{base}/nope?x=1", headers={"Accept-Encoding": "identity"}, timeout=NEVER)
        kept = httpx.get(f"{base}/nope", headers={"X-Request-ID": "abc123"}, timeout=NEVER)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(NEVER) == 0

    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    requests = {line["id"]: line for line in lines if "status" in line}
    line = requests[missing.headers["x-request-id"]]
    assert (line["method"], line["path"], line["query"], line["status"]) == ("GET", "/nope", "x=1", 404)
    assert line["bytes"] == len(missing.content)
    assert kept.headers["x-request-id"] == "abc123"
    assert "abc123" in requests


def test_a_log_on_a_full_disk_holds_nothing_up(seed_app: FastAPI) -> None:
    port = free_port()
    settings = {"NOTICE_PORT": str(port), "NOTICE_LOG_LEVEL": "debug", "NOTICE_LOG_FORMAT": "json"}
    process = start(seed_app, Path("/dev/full"), **settings)
    try:
        end = time.monotonic() + NEVER
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=NEVER) as client:
            while True:
                assert process.poll() is None
                assert time.monotonic() < end
                with suppress(httpx.ConnectError):
                    assert client.get("/readyz").status_code == 200
                    break
                time.sleep(0.1)
            assert [client.get(url).status_code for url in ("/issues", "/nope", "/metrics.csv")] == [200, 404, 200]
        process.terminate()
        assert process.wait(NEVER) == 0
    finally:
        process.kill()
        process.wait(NEVER)


@long
def test_workers_that_cannot_start_are_a_failure(seed_app: FastAPI, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        alone, several = (
            start(seed_app, tmp_path / f"log{workers}", NOTICE_PORT=port, NOTICE_WORKERS=workers) for workers in "12"
        )
        codes = [alone.wait(NEVER), several.wait(NEVER)]

    assert 0 not in codes
    for workers in "12":
        assert "Serving on" not in (tmp_path / f"log{workers}").read_text()


@long
def test_workers_stop_when_their_parent_is_killed(seed_app: FastAPI, tmp_path: Path) -> None:
    with running(seed_app, tmp_path / "log", NOTICE_WORKERS="2") as server:
        server.process.kill()
        server.process.wait(NEVER)

        end = time.monotonic() + NEVER
        while True:
            try:
                server.connect().close()
            except ConnectionRefusedError:
                break
            assert time.monotonic() < end, "workers hold the port"
            time.sleep(0.1)


def workers_of(server: Running) -> set[int]:
    """Return the process ids of a server's workers."""
    children = map(int, Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split())
    return {pid for pid in children if b"spawn_main" in command_of(pid)}


def command_of(pid: int) -> bytes:
    """Return the command of a process; nothing if it has ended meanwhile."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


@long
def test_workers_that_are_killed_are_replaced_and_everybody_is_answered(seed_app: FastAPI, tmp_path: Path) -> None:
    right = Client(seed_app).get("/issues").content
    with running(seed_app, tmp_path / "log", NOTICE_WORKERS="2") as server:
        first = workers_of(server)
        for worker in sorted(first):
            os.kill(worker, signal.SIGKILL)
            end = time.monotonic() + NEVER
            while len(workers_of(server) - {worker}) < 2:
                assert httpx.get(f"{server.address}/issues", timeout=NEVER).content == right
                assert time.monotonic() < end, "it is not replaced"

        assert not first & workers_of(server)
        assert {httpx.get(f"{server.address}/issues", timeout=NEVER).content for _ in range(50)} == {right}


@long
def test_workers_are_exchanged_for_such_with_new_data_and_no_request_is_lost(seed: Path, tmp_path: Path) -> None:
    app = create_app(Settings(seed=seed, database=tmp_path / "var"))
    address = "/issues?limit=200&notice=all"
    old = Client(app).get(address).content
    with running(app, tmp_path / "log", NOTICE_WORKERS="2") as server, ThreadPoolExecutor(4) as pool:
        stopped = Event()

        def ask() -> list[bytes]:
            found = []
            with httpx.Client(timeout=NEVER, headers={"Connection": "close"}) as client:
                while not stopped.is_set():
                    response = client.get(f"{server.address}{address}")
                    assert response.status_code == 200
                    found.append(response.content)
            return found

        asked = [pool.submit(ask) for _ in range(4)]
        first = workers_of(server)
        new = Client(create_app(Settings(seed=add_second(seed), database=tmp_path / "var"))).get(address).content
        server.process.send_signal(signal.SIGHUP)
        end = time.monotonic() + NEVER
        try:
            while first & workers_of(server):
                assert time.monotonic() < end, "they are not exchanged"
                time.sleep(0.1)
            after = {httpx.get(f"{server.address}{address}", timeout=NEVER).content for _ in range(20)}
        finally:
            stopped.set()
        answers = {answer for each in asked for answer in each.result()}

    assert old != new
    assert (answers, after) == ({old, new}, {new})


@long
def test_a_head_that_never_ends_loses_its_connection(seed_app: FastAPI, tmp_path: Path) -> None:
    with running(seed_app, tmp_path / "log") as server, server.connect() as half, server.connect() as silent:
        half.sendall(b"GET /issues HTTP/1.1\r\nHost: x\r\n")
        begin = time.monotonic()

        assert half.recv(10) == silent.recv(10) == b""
        assert time.monotonic() - begin >= SLOWEST_HEAD - 1

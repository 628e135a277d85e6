"""The deployment: three real replicas behind a real nginx, of which one is killed, one drains and one is of new data.

No request is lost, and no answer is of two editions. What is driven is counted, not timed.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from asgi import Client
from conftest import NEVER, SERVE, announced_address
from fastapi import FastAPI
from nginx import free_port, nginx

from app.main import create_app
from app.settings import ROOT, Settings

CONF = ROOT / "deploy/nginx/zhenggai.conf"
SHOWN = [f"/issues/{number}?notice=shanghai-putuo-2024" for number in range(1, 42)]
SHOWN += [f"/measures?notice=shanghai-putuo-2024&limit=5&offset={offset}" for offset in range(0, 400, 5)]
SHOWN += ["/notice?notice=shanghai-putuo-2024", "/zh/issues/14"]
CLIENTS = 4


@dataclass
class Replica:
    """A process of the service, and where it listens."""

    process: subprocess.Popen[bytes]
    port: int


@contextmanager
def replicas(app: FastAPI, logs: Path, *ports: int) -> Iterator[list[Replica]]:
    """Start processes over the data of a service, on ports, or on any where that is 0, and end them."""
    database = app.state.database
    data = {"NOTICE_SEED": str(database.seed), "NOTICE_DATABASE": str(database.path.parent)}
    with ExitStack() as stack:
        started = []
        for number, port in enumerate(ports):
            log = stack.enter_context((logs / f"{port}-{number}.log").open("w"))
            settings = os.environ | data | {"NOTICE_PORT": str(port)}
            command = [sys.executable, "-c", SERVE]
            process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
            stack.callback(process.wait, NEVER)
            stack.callback(process.kill)
            started.append((process, Path(log.name)))
        yield [Replica(process, int(announced_address(process, log).rpartition(":")[2])) for process, log in started]


@contextmanager
def balancer(folder: Path, ports: list[int]) -> Iterator[str]:
    """Run nginx by the file of the deployment, with other names; its address."""
    port, conf = free_port(), CONF.read_text()
    for number, replica_port in enumerate(ports, 1):
        conf = conf.replace(f"app{number}:8000", f"127.0.0.1:{replica_port}")
    conf = conf.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/cache/nginx", str(folder))
    folder.chmod(0o755)  # started as root, nginx works as somebody else
    (folder / "zhenggai.conf").write_text(conf)
    with nginx(folder, port, f"include {folder}/zhenggai.conf;"):
        yield f"http://127.0.0.1:{port}"


def drive(address: str, urls: list[str], meanwhile: Callable[[], None] = lambda: None) -> list[httpx.Response]:
    """Ask for addresses by several clients at once; after a third of them something else is done."""

    def ask(mine: list[str]) -> list[httpx.Response]:
        with httpx.Client(base_url=address, timeout=NEVER) as client:
            return [client.get(url) for url in mine]

    first, rest = urls[: len(urls) // 3], urls[len(urls) // 3 :]
    with ThreadPoolExecutor(CLIENTS) as pool:
        begun = [pool.submit(ask, part) for part in (first[0::2], first[1::2], rest[0::2], rest[1::2])]
        for number, one in enumerate(begun):
            if number == 1:
                meanwhile()
            one.result()
        return [response for one in begun for response in one.result()]


@pytest.fixture(scope="module")
def editions(both_app: FastAPI, tmp_path_factory: pytest.TempPathFactory) -> list[FastAPI]:
    """Two editions with databases of their own."""
    old = create_app(Settings(database=tmp_path_factory.mktemp("old")))
    return [old, both_app]


def bodies(app: FastAPI) -> dict[str, bytes]:
    client = Client(app)
    return {url: client.get(url).content for url in SHOWN}


@pytest.mark.proof
def test_no_request_is_lost_while_replicas_die_drain_and_change(editions: list[FastAPI], tmp_path: Path) -> None:
    right = [bodies(app) for app in editions]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        old = stack.enter_context(replicas(editions[0], tmp_path, 0, 0, 0))
        address = stack.enter_context(balancer(Path(folder), [each.port for each in old]))

        responses = drive(address, SHOWN[:60], old[0].process.kill)
        responses += drive(address, SHOWN, lambda: old[1].process.send_signal(signal.SIGTERM))
        assert old[1].process.wait(NEVER) == 0
        stack.enter_context(replicas(editions[1], tmp_path, old[0].port))
        responses += until_of(right[1], address)
        responses += drive(address, SHOWN[60:], lambda: old[2].process.send_signal(signal.SIGTERM))
        assert old[2].process.wait(NEVER) == 0
        last = httpx.get(f"{address}{SHOWN[0]}&utm_source=last", timeout=NEVER)

    assert {response.status_code for response in [*responses, last]} == {200}
    for response in responses:
        url = asked(response, address)
        assert response.content in (right[0][url], right[1][url]), url
    assert Counter(response.headers["x-cache-status"] for response in responses)["HIT"] > 0
    assert last.content == right[1][SHOWN[0]]


def until_of(edition: dict[str, bytes], address: str) -> list[httpx.Response]:
    """Ask for what nginx does not keep, until an edition answers."""
    found: list[httpx.Response] = []
    while not found or found[-1].content != edition[SHOWN[0]]:
        found.append(httpx.get(f"{address}{SHOWN[0]}&utm_source={len(found)}", timeout=NEVER))
        assert len(found) < 100_000
    return found


def asked(response: httpx.Response, address: str) -> str:
    """Return the address that was asked for, without what makes it new to nginx."""
    return str(response.url).removeprefix(address).partition("&utm_source")[0]


@pytest.mark.proof
def test_a_slow_sender_is_nginx_s_part(editions: list[FastAPI], tmp_path: Path) -> None:
    """Heads that never end reach no replica."""
    app = editions[0]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        (one,) = stack.enter_context(replicas(app, tmp_path, 0))
        address = stack.enter_context(balancer(Path(folder), [one.port] * 3))
        host, port = address.removeprefix("http://").split(":")
        slow = [stack.enter_context(socket.create_connection((host, int(port)))) for _ in range(100)]
        for connection in slow:
            connection.sendall(b"GET /issues HTTP/1.1\r\nHost: x\r\n")

        assert httpx.get(f"{address}/readyz", timeout=NEVER).status_code == 200
        connected = subprocess.run(
            ["cat", f"/proc/{one.process.pid}/net/tcp"], capture_output=True, text=True, check=True
        )
        listening = f":{one.port:04X} "
        assert sum(listening in line.split(None, 3)[1] + " " for line in connected.stdout.splitlines()[1:]) < 20


def test_the_parts_of_the_deployment_agree() -> None:
    compose = (ROOT / "deploy/compose.yaml").read_text()

    for name in ("app1", "app2", "app3"):
        assert f"{name}:8000" in CONF.read_text()
        assert f"  {name}: *app" in compose
    assert "./nginx/zhenggai.conf" in compose

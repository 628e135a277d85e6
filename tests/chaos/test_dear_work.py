"""Dear questions at once: few are worked on at a time, and all others are answered meanwhile."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import quantiles
from threading import Event, Lock, current_thread
from typing import Any

import httpx
import pytest
from asgi import Client
from conftest import NEVER
from fastapi import FastAPI
from operations import clear_cache
from running import running

from app.main import create_app
from app.settings import ROOT, Settings

MANY = 16
LONGEST_TEXT = 1400
# One that does nothing but answer, beside the service and under the same load.
BARE = """
import asyncio, signal
signal.alarm(600)

async def answer(reader, writer):
    while await reader.readuntil(b"\\r\\n\\r\\n"):
        writer.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok")

async def serve():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(serve())
"""


class Gate:
    """Stands before the database: what reads in a thread waits until it is opened, and is counted."""

    def __init__(self, execute: Callable[..., Any]) -> None:
        self.execute, self.opened, self.lock = execute, Event(), Lock()
        self.inside = self.most = 0

    def __call__(self, *arguments: Any) -> Any:
        if "AnyIO" not in current_thread().name:
            return self.execute(*arguments)
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.opened.wait(NEVER)
        try:
            return self.execute(*arguments)
        finally:
            with self.lock:
                self.inside -= 1


def test_one_workbook_is_made_at_a_time_and_everybody_else_is_answered(
    seed_app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(seed_app)
    right = [client.get(f"/numerals.xlsx?limit={n}").content for n in range(1, MANY + 1)]
    clear_cache(seed_app)
    gate = Gate(seed_app.state.database.engine.execute)
    monkeypatch.setattr(seed_app.state.database.engine, "execute", gate)

    with ThreadPoolExecutor(MANY) as pool:
        workbooks = pool.map(lambda n: client.get(f"/numerals.xlsx?limit={n}").content, range(1, MANY + 1))
        while not gate.inside:
            time.sleep(0.01)
        others = [client.get(url).status_code for url in ("/healthz", "/readyz", "/issues?limit=1", "/measures/facets")]
        gate.opened.set()

        assert list(workbooks) == right
    assert others == [200] * 4
    assert gate.most == 1


def test_an_address_that_is_not_there_has_no_document_made_in_the_event_loop(seed_app: FastAPI) -> None:
    app = create_app(Settings(database=seed_app.state.database.place))

    response = Client(app).get("/nope")

    assert response.status_code == 404
    assert "document" not in vars(app)
    assert {*app.openapi()["paths"]} < {*response.json()["errors"][0]["allowed"]}


@contextmanager
def bare_server() -> Iterator[str]:
    process = subprocess.Popen([sys.executable, "-c", BARE], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.communicate()


def dear_questions(source: str) -> list[str]:
    """Return addresses that no cache holds: workbooks of all, texts of the greatest length, counts of all."""
    names = ("statements", "measures", "metrics", "numerals", "issues")
    questions = [f"/{name}.xlsx?notice=all&lang={lang}&limit=2000" for name in names for lang in ("zh", "en")]
    texts = [source[start : start + LONGEST_TEXT].replace("\n", "") for start in range(200, 11_000, 1700)]
    questions += [str(httpx.URL("/locate", params={"text": f"{text[:700]}错{text[700:]}"})) for text in texts]
    return [*questions, "/measures/facets?notice=all&has_actor=true", "/metrics/facets?notice=all"][:MANY]


@pytest.mark.proof
def test_a_process_at_its_dearest_work_tells_that_it_is_alive(seed_app: FastAPI, tmp_path: Path) -> None:
    with ExitStack() as stack:
        server, bare = stack.enter_context(running(seed_app, tmp_path / "log")), stack.enter_context(bare_server())
        with ThreadPoolExecutor(MANY) as pool, httpx.Client(timeout=NEVER) as client:
            questions = dear_questions(client.get(f"{server.address}/source.txt").text)
            asked = [pool.submit(httpx.get, server.address + url, timeout=NEVER) for url in questions]
            here, there = list[float](), list[float]()
            while not all(one.done() for one in asked):
                for address, times in ((f"{server.address}/healthz", here), (f"{bare}/healthz", there)):
                    begin = time.perf_counter()
                    assert client.get(address).status_code == 200
                    times.append((time.perf_counter() - begin) * 1000)

    assert {one.result().status_code for one in asked} == {200}
    for name, times in (("service", here), ("bare", there)):
        cuts = quantiles(times, n=100)
        print(f"{name}: p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, worst {max(times):.0f} ms")
    assert quantiles(here, n=100)[94] < 100 + quantiles(there, n=100)[94]

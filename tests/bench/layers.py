"""Where a new query's time goes: the service asked in process, its stacks looked at many times a second.

PYTHONPATH=tests .venv/bin/python -m bench.layers
"""

import asyncio
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, Self, TypeVar
from unittest.mock import patch

from starlette.types import ASGIApp, Message

from app.main import create_app
from app.settings import Settings
from bench.addresses import WARM, Asker
from bench.table import Cell, markdown

T = TypeVar("T")

ASKED = 3_000
# The innermost frame that fits one of these says which layer a stack is in; a part is within `file:function`.
LAYERS: dict[str, Sequence[str]] = {
    "sqlite": ("default.py:do_execute", "_fetchall_impl", ":fetchall", ":fetchmany", "database/open_file.py"),
    "SQLAlchemy: cache keys": ("cache_key.py",),
    "SQLAlchemy: compiling": ("sql/compiler.py",),
    "SQLAlchemy: rows into objects": ("orm/loading.py", "engine/result", "engine/cursor.py", "models/number.py"),
    "SQLAlchemy: session, connection, execution": ("sqlalchemy/orm/", "sqlalchemy/engine/", "sqlmodel/orm/", "/pool/"),
    "words marked in Python": ("search.py:highlights", "search.py:_", "models/passage.py"),
    "building statements": ("sqlalchemy/", "sqlmodel/sql/", "app/queries/", "app/database/"),
    "public records (pydantic)": ("models/record.py", "pydantic/", "sqlmodel/"),
    "contract": ("http/parameters.py", "http/validation.py", "http/route.py"),
    "FastAPI: dependencies, query models": ("fastapi/dependencies/", "fastapi/_compat"),
    "JSON": ("json/", "starlette/responses.py:render"),
    "caching, compression, headers": ("http/caching.py", "response_cache.py", "starlette_compress", "http/headers.py"),
    "routing, requests, responses": ("starlette/", "fastapi/"),
    "the app's own": ("/app/",),
}


class Sampler:
    """Looks, while it is entered, in which layer the program is, some hundred times a second of processor time."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()

    def __enter__(self) -> Self:
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        self.found[layer(frame)] += 1


def layer(frame: FrameType | None) -> str:
    """The layer that a stack is in."""
    while frame:
        place = f"{frame.f_code.co_filename}:{frame.f_code.co_name}"
        for name, parts in LAYERS.items():
            if any(part in place for part in parts):
                return name
        frame = frame.f_back
    return "the rest"


async def on_the_spot(function: Callable[..., T], *arguments: Any, **_: Any) -> T:
    """Stands in for a thread, so that one stack holds all that a request does."""
    return function(*arguments)


async def ask(app: ASGIApp, address: str) -> None:
    """Ask for one address and take the whole answer, which must be a 200."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path, "root_path": "",
        "raw_path": path.encode(), "query_string": query.encode(), "headers": [(b"host", b"here")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    answer: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        answer.append(message)

    await app(scope, receive, send)
    assert answer[0]["status"] == 200, address


async def ask_all(app: ASGIApp, addresses: Collection[str]) -> float:
    """Microseconds of processor time that each takes, all threads together."""
    begin = time.process_time()
    for address in addresses:
        await ask(app, address)
    return (time.process_time() - begin) / len(addresses) * 1e6


def main() -> None:
    """Print a line for each layer: its microseconds of the mean request, and its share."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database=Path(folder)))
        _ = app.state.catalog.default, app.state.database.snapshot
        addresses = Asker().take(3 * ASKED)
        first, second, third = (addresses[n * ASKED : (n + 1) * ASKED] for n in range(3))
        asyncio.run(ask_all(app, WARM.values()))
        whole = asyncio.run(ask_all(app, first))
        with patch("anyio.to_thread.run_sync", on_the_spot):
            alone = asyncio.run(ask_all(app, second))
            with Sampler() as sampler:
                asyncio.run(ask_all(app, third))
        print(table(whole, alone, sampler.found))


def table(whole: float, alone: float, found: Counter[str]) -> str:
    """Microseconds by layer: `whole` with threads, `alone` without, the latter parted as the samples are."""
    parts = {"threads": whole - alone} | {name: alone * n / found.total() for name, n in found.most_common()}
    rows: list[list[Cell]] = [[name, round(part), f"{part / whole:.0%}"] for name, part in parts.items()]
    return markdown(["layer", "µs", "share"], [*rows, ["a new query", round(whole), "100%"]])


if __name__ == "__main__":
    main()

"""Starlette's test client with a quicker transport: the requests of thousands of tests share one event loop."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from urllib.parse import unquote

from fastapi.testclient import TestClient

# What Starlette's client is made of: a fork of httpx.
from httpx2 import BaseTransport, ByteStream, Request, Response

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own, since Playwright keeps a loop running in the tests' thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


class Client(TestClient):
    """A client that sends a request to the app in one turn, and has its whole response before it returns.

    Starlette's own client makes a thread, a loop and eight calls between threads for every request.
    """

    def __init__(self, app: Any, root_path: str = "", raise_server_exceptions: bool = True) -> None:
        super().__init__(app, raise_server_exceptions=raise_server_exceptions, root_path=root_path)
        self._transport = _Transport(app, root_path, raise_server_exceptions)


class _Transport(BaseTransport):
    def __init__(self, app: Any, root_path: str, raises: bool) -> None:
        self.app, self.root_path, self.raises = app, root_path, raises

    def handle_request(self, request: Request) -> Response:
        # A loop in a thread of its own, since Playwright keeps one running in the tests' thread.
        return asyncio.run_coroutine_threadsafe(self._respond(request), _loop()).result()

    async def _respond(self, request: Request) -> Response:
        messages: list[Any] = []
        url = request.url
        headers = [(name.lower(), value) for name, value in request.headers.raw]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": url.scheme,
            "path": unquote(url.path),
            "raw_path": url.raw_path.partition(b"?")[0],
            "root_path": self.root_path,
            "query_string": url.query,
            "headers": headers,
            "client": ("testclient", 50000),
            "server": (url.host, url.port or 80),
        }
        incoming = [{"type": "http.request", "body": request.read(), "more_body": False}]

        async def receive() -> Any:
            return incoming.pop() if incoming else await asyncio.get_running_loop().create_future()

        async def send(message: Any) -> None:
            messages.append(message)

        try:
            await self.app(scope, receive, send)
        except Exception:
            if self.raises:
                raise
        start, *parts = messages
        assert not parts[-1].get("more_body", False), "the response was not sent to its end"
        body = b"" if request.method == "HEAD" else b"".join(part.get("body", b"") for part in parts)
        return Response(start["status"], headers=start["headers"], stream=ByteStream(body), request=request)


def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop, started at its first use."""
    if not _started:
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, daemon=True).start()
        _started.append(loop)
    return _started[0]


_started: list[asyncio.AbstractEventLoop] = []

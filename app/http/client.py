"""An ASGI client: GET requests to the service from within, for what is made of its own responses."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

Message = MutableMapping[str, Any]
App = Callable[[Any, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


@dataclass(frozen=True)
class Response:
    """The response to a GET."""

    status: int
    media_type: str
    body: bytes


async def get(app: App, url: str, root: str = "") -> Response:
    """Return the response to a GET of a path-absolute address; `root` is the path under which the app is mounted."""
    path, _, query = url.partition("?")
    place = {"path": unquote(path), "root_path": root, "query_string": query.encode()}
    scope = {"type": "http", "method": "GET", "headers": [], **place}
    messages: list[Message] = []
    request = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        # This client never disconnects, so the second message never comes.
        return request.pop() if request else await asyncio.get_running_loop().create_future()

    async def send(message: Message) -> None:
        messages.append(message)

    try:
        await app(scope, receive, send)
    except Exception:
        # After its 500, which is logged, Starlette raises the error again for the server.
        if not messages:
            raise
    headers = dict(messages[0]["headers"])
    media_type = headers.get(b"content-type", b"").decode().partition(";")[0]
    return Response(messages[0]["status"], media_type, b"".join(message.get("body", b"") for message in messages[1:]))


def get_body(app: App, url: str) -> bytes:
    """Return the body of a 200; raise `LookupError` for any other status."""
    # The caller's thread may be running an event loop already.
    with ThreadPoolExecutor(1) as pool:
        response = pool.submit(lambda: asyncio.run(get(app, url))).result()
    if response.status != 200:
        raise LookupError(f"GET {url}: {response.status}")
    return response.body

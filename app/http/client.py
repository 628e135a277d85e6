"""Asking the service from within, as any client would: for what is made of its own answers."""

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
    """What a GET got."""

    status: int
    media_type: str
    body: bytes


async def ask(app: App, url: str, root: str = "") -> Response:
    """The service's answer to a GET of a path-absolute address; `root` is the path under which it is mounted."""
    path, _, query = url.partition("?")
    place = {"path": unquote(path), "root_path": root, "query_string": query.encode()}
    scope = {"type": "http", "method": "GET", "headers": [], **place}
    messages: list[Message] = []
    request = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        # Whoever waits for the client to go waits for ever.
        return request.pop() if request else await asyncio.get_running_loop().create_future()

    async def send(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, send)
    headers = dict(messages[0]["headers"])
    media_type = headers.get(b"content-type", b"").decode().partition(";")[0]
    return Response(messages[0]["status"], media_type, b"".join(message.get("body", b"") for message in messages[1:]))


def asked(app: App, url: str) -> bytes:
    """The body of a 200; `LookupError` on any other answer. Asked in a thread: the caller's may be running a loop."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(asyncio.run, _whole(app, url)).result()
    if answer.status != 200:
        raise LookupError(f"{url} answers {answer.status}")
    return answer.body


async def _whole(app: App, url: str) -> Response:
    return await ask(app, url)

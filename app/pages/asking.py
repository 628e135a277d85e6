"""Asking the API from within the process: a page shows what an address answers, and nothing else."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import Request
from starlette.types import Message

from app.addresses import mounted

Parameters = Sequence[tuple[str, Any]]


class Answer(NamedTuple):
    """What an address answers: a record, a list or a problem."""

    status: int
    content: Any


async def ask(request: Request, path: str, parameters: Parameters = ()) -> Answer:
    """The JSON at a path of this service, as a client without an `Accept` header gets it."""
    started: dict[str, Any] = {}
    body = bytearray()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        started.update(message)
        body.extend(message.get("body", b""))

    await request.app(_scope(request, path, parameters), receive, send)
    return Answer(started["status"], json.loads(body))


def _scope(request: Request, path: str, parameters: Parameters) -> dict[str, Any]:
    path = mounted(request.scope, path)
    return {
        "type": "http",
        "asgi": request.scope.get("asgi", {"version": "3.0"}),
        "http_version": "1.1",
        "method": "GET",
        "scheme": request.scope.get("scheme", "http"),
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": urlencode(parameters, quote_via=quote).encode(),
        "root_path": request.scope.get("root_path", ""),
        "headers": [],
        "client": None,
        "server": None,
    }

"""The bare function: the least that can answer under the same server, with the service's own bytes and headers.

Its addresses are `/{case}` and the service's address after it. `BENCH_CASES` tells the cases.
"""

import json
import os
from http.client import HTTPConnection
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

Answer = tuple[dict[str, Any], dict[str, Any]]

# What the server underneath adds on its own.
_SERVERS_OWN = ("date", "server", "connection")
NOTHING: Answer = (
    {"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]},
    {"type": "http.response.body", "body": b""},
)


def create_app() -> ASGIApp:
    """The function, holding the answers of the service at `BENCH_SERVICE` (host:port)."""
    service, cases = os.environ["BENCH_SERVICE"], json.loads(os.environ["BENCH_CASES"])
    answers = {
        f"/{name}{address}".partition("?")[::2]: fetch(service, address, headers) for name, address, headers in cases
    }
    by_bytes = {(path.encode(), query.encode()): answer for (path, query), answer in answers.items()}

    async def bare(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            start, body = by_bytes.get((scope["raw_path"], scope["query_string"]), NOTHING)
            await send(start)
            await send(body)

    return bare


def fetch(service: str, address: str, headers: dict[str, str]) -> Answer:
    """The two messages in which the service answers."""
    connection = HTTPConnection(service, timeout=10)
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    kept = [(k.lower().encode(), v.encode()) for k, v in answer.getheaders() if k.lower() not in _SERVERS_OWN]
    body = answer.read()
    connection.close()
    start = {"type": "http.response.start", "status": answer.status, "headers": kept}
    return start, {"type": "http.response.body", "body": body}

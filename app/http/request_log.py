"""The log of requests: an id for each, which its errors show, and a line when it is answered."""

import logging
import time
import uuid

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.logs import log_request

logger = logging.getLogger("zhenggai.request")


class RequestLog:
    """Logs every request, and names it by an id in the header `X-Request-ID` of an error.

    An id that a proxy in front has set is kept, where it is one.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "client" not in scope:  # pages ask the API from within
            return await self.app(scope, receive, send)
        begin, status, size = time.perf_counter(), 500, 0
        id = request_id(scope)
        scope["state"] = {**scope.get("state", {}), "request_id": id}

        async def send_named(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                if status >= 400:
                    message = {**message, "headers": [*message["headers"], (b"x-request-id", id.encode())]}
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_named)
        finally:
            log_request(logger, id, scope, status, size, begin)


def request_id(scope: Scope) -> str:
    """Return the id that a proxy has given the request, or a new one."""
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"").decode("latin-1")
    return given if 0 < len(given) <= 64 and given.isascii() and given.isalnum() else uuid.uuid4().hex[:12]

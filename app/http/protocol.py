"""uvicorn's protocol, with limits for what never becomes a request, and words that help where it can't be read.

The commonest cause of the latter is an address with raw Chinese in it, which clients must percent-encode.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from app.http.errors import MEDIA_TYPE, RETRY_AFTER, raw_problem
from app.http.headers import HEADERS
from app.http.messages import Message

LONGEST_HEAD = 64 * 2**10  # bytes of a request line and headers
SLOWEST_HEAD = 15  # seconds in which they must have come, from the connection or the response before on
SLOWEST_READER = 30  # seconds in which it must take some of what waits for it
_PIPELINED = 32  # requests that wait for the response to the one before
TOLD = 16  # connections beyond those that are served, which get a 503; further ones are closed at once
logger = logging.getLogger("zhenggai")


class Protocol(AutoHTTPProtocol):  # type: ignore[valid-type, misc]
    """Answers a malformed request with a problem document, and closes what sends too much or too slowly."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_size, self._head_since = 0, 0.0
        # What uvicorn refuses by itself gets plain text, and a line of the log for each.
        self._most, self.limit_concurrency = self.config.limit_concurrency, None
        self._is_beyond, self._stalled_since = False, 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take a connection, and see to it that somebody looks after it."""
        super().connection_made(transport)
        self._head_since = self.loop.time()
        if not getattr(self.server_state, "is_swept", False):
            self.server_state.is_swept, self.server_state.refused = True, 0
            self._sweep()
        if self._most is not None and len(self.connections) > self._most:
            self._is_beyond = True
            self.server_state.refused += 1
            if len(self.connections) > self._most + TOLD:
                transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what has come, unless it is too much for the head of a request."""
        self._head_size += len(data)
        if self._is_beyond:
            self._refuse(503, "Service Unavailable", Message("busy"), {"Retry-After": str(RETRY_AFTER)})
        elif self._head_size > LONGEST_HEAD + len(data) and not self._is_answering:
            self._refuse_head(431, "Request Header Fields Too Large", "The request's line and headers are too long")
        elif len(getattr(self, "pipeline", ())) > _PIPELINED:
            self._refuse_head(400, "Bad Request", "Too many requests at once on one connection")
        else:
            super().data_received(data)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._head_size, self._head_since = 0, self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Wait until the client has read more."""
        self._stalled_since = self.loop.time()
        super().pause_writing()

    def send_400_response(self, msg: str) -> None:
        """Send a 400 and close the connection."""
        self._refuse_head(400, "Bad Request", msg)

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _sweep(self) -> None:
        """Close the connections of this process on which nothing comes or goes in time; once a second, for all."""
        now = self.loop.time()
        for connection in list(self.server_state.connections):
            if not connection._is_answering and now - connection._head_since > SLOWEST_HEAD:
                connection.transport.close()
            elif connection.flow.write_paused and now - connection._stalled_since > SLOWEST_READER:
                connection.transport.abort()
        if refused := self.server_state.refused:
            logger.warning("refused %d connections beyond the %d that are served at once", refused, self._most)
            self.server_state.refused = 0
        if self.server_state.connections:
            self.loop.call_later(1, self._sweep)
        else:
            self.server_state.is_swept = False

    def _refuse_head(self, status: int, title: str, reason: str) -> None:
        self._refuse(status, title, Message("malformed", {"reason": reason.rstrip(".")}))

    def _refuse(self, status: int, title: str, message: Message, more: Mapping[str, str] | None = None) -> None:
        body = raw_problem(status, message)
        headers = HEADERS | {
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Connection": "close",
            **(more or {}),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.transport.write(f"HTTP/1.1 {status} {title}\r\n{head}\r\n".encode() + body)
        self.transport.close()

"""Caching: answers kept as finished bytes, every answer's validators, and 304 for whoever holds the answer already."""

import hashlib
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.answers import Answer, Asked, finished, without_body
from app.http.compression import Compressor, compressible, compressor
from app.http.conditional import http_date
from app.http.store import Store
from app.models.snapshot import SnapshotRow

FRESH = "public, max-age=300"  # five minutes: how late a correction may reach a reader
KEPT = 24 * 2**20  # bytes of finished answers
_WHOLE = 256 * 2**10  # bytes; what comes in parts and is larger is sent on as it comes
_LONGEST_KEY = 1000  # characters; addresses longer than any honest one are not worth the memory


class Enough(OSError):
    """Ends a response of which no more is wanted, as a client does who leaves."""


class Caching:
    """Answers what it has kept; else has the application answer, and keeps and validates every 200 not `no-store`.

    It stands outside all else, so what is kept is all that is sent. The application only ever sees GET.
    """

    def __init__(self, app: ASGIApp, edition: Callable[[], SnapshotRow], capacity: int = KEPT) -> None:
        self.app, self.edition = app, edition
        self.store: Store[Answer] = Store(capacity)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        asked = Asked.of(scope)
        key = (scope["path"], scope["query_string"], asked.accept, scope.get("root_path"))
        if not asked.ranged and (kept := self.kept(key, asked.encoding)):
            return await kept.send(asked, send)
        exchange = Exchange(self, key, asked, send)
        try:
            await self.app({**scope, "method": "GET"}, receive, exchange.take)
        except (Enough, ClientDisconnect):
            if not exchange.done:
                raise

    def kept(self, key: tuple[object, ...], encoding: str | None) -> Answer | None:
        """The answer kept for a request, in its encoding; made from the plain one if that alone is kept."""
        if (answer := self.store.get((key, encoding))) is None and encoding is not None:
            plain = self.store.get((key, None))
            answer = plain and self.keep(key, encoding, plain.encoded(encoding))
        return answer

    def keep(self, key: tuple[object, ...], encoding: str | None, answer: Answer) -> Answer:
        if len(repr(key)) <= _LONGEST_KEY:
            self.store.put((key, encoding), answer)
        return answer


class Exchange:
    """One response on its way from the application to the client."""

    def __init__(self, caching: Caching, key: tuple[object, ...], asked: Asked, send: Send) -> None:
        self.caching, self.key, self.asked, self.send = caching, key, asked, send
        self.start: Message = {}
        self.headers = MutableHeaders()
        self.parts: list[bytes] = []
        self.passing = self.done = False
        self.compressor: Compressor | None = None

    async def take(self, message: Message) -> None:
        """Take what the application sends."""
        if message["type"] == "http.response.start":
            self.start, self.headers = message, MutableHeaders(scope=message)
            if "ETag" in self.headers:
                await self._pass_on()
        elif self.passing:
            await self._part(message.get("body", b""), message.get("more_body", False))
        else:
            self.parts.append(message.get("body", b""))
            more = message.get("more_body", False)
            if not more:
                await self._finish(b"".join(self.parts))
            elif sum(map(len, self.parts)) > _WHOLE:
                await self._pass_on()
                await self._part(b"".join(self.parts), True)

    @property
    def _valid(self) -> bool:
        """Whether the response may be kept and asked after."""
        return self.start["status"] in (200, 206) and self.headers.get("Cache-Control") != "no-store"

    async def _finish(self, body: bytes) -> None:
        """Send a response that is there as a whole, and keep it."""
        if self._valid:
            self._validate(body)
        plain = finished(self.start, body)
        answer = plain.encoded(self.asked.encoding)
        if self._valid and not self.asked.ranged:
            self.caching.keep(self.key, None, plain)
            self.caching.keep(self.key, self.asked.encoding, answer)
        await answer.send(self.asked, self.send)

    def _validate(self, content: bytes) -> None:
        """Put the validators on; the tag is weak, since compression changes the bytes but not what they say."""
        headers, edition = self.headers, self.caching.edition()
        seen = hashlib.blake2b(f"{edition.fingerprint} {headers['Content-Type']} ".encode() + content)
        headers["ETag"] = f'W/"{seen.hexdigest()[:32]}"'
        if "Cache-Control" not in headers:
            headers["Cache-Control"], headers["Last-Modified"] = FRESH, http_date(edition.released)

    async def _pass_on(self) -> None:
        """Send the head of a response whose body is sent on as it comes, unless the client holds it."""
        self.passing, headers = True, self.headers
        if self._valid and "ETag" not in headers:
            # What comes first tells the address at which the service is reached, beside the edition and the request.
            self._validate(b"".join([repr(self.key).encode(), *self.parts]))
            self._compress()
        if self._valid and self.asked.holds(headers["ETag"], headers.get("Last-Modified")):
            self.start = {**self.start, "status": 304, "headers": without_body(headers.raw)}
        await self.send(self.start)
        if self.start["status"] == 304 or self.asked.bodiless:
            self.done = True
            await self.send({"type": "http.response.body", "body": b""})
            raise Enough

    def _compress(self) -> None:
        if not compressible(self.headers.get("Content-Type", "")):
            return
        self.headers.add_vary_header("Accept-Encoding")
        if self.asked.encoding:
            self.compressor = compressor(self.asked.encoding)
            self.headers["Content-Encoding"] = self.asked.encoding

    async def _part(self, body: bytes, more: bool) -> None:
        if self.compressor:
            body = self.compressor.compress(body) + (b"" if more else self.compressor.flush())
        await self.send({"type": "http.response.body", "body": body, "more_body": more})

"""Headers of responses: CORS for open data, protection for browsers, and validators (RFC 9110, 8.8)."""

import hashlib
from typing import Protocol

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.conditional import http_date
from app.models.snapshot import SnapshotRow

CACHE_CONTROL = "public, max-age=300"  # five minutes: how late a correction may reach a reader
LONGEST_HASHED = 256 * 2**10  # bytes
METHODS = "GET, HEAD, OPTIONS"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# By hand: Starlette's CORSMiddleware sends nothing to clients without `Origin`, and answers a plain OPTIONS with 405.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Link, X-Total-Count, ETag, Last-Modified, Content-Disposition, Accept-Ranges, "
    "Content-Range, Allow",
}
# What a browser shows as a page, and what scripts may do there, is a matter of pages alone: data needs none of it.
PAGE_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_PAGES = (b"text/html", b"image/svg+xml")  # media types that a browser runs
RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_RAW_PAGE_HEADERS = [(name.lower().encode(), value.encode()) for name, value in PAGE_HEADERS.items()]
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",  # a day
}

POST_METHODS = "POST, OPTIONS"
POST_PREFLIGHT = PREFLIGHT | {"Allow": POST_METHODS, "Access-Control-Allow-Methods": POST_METHODS}


class Versioned(Protocol):
    """What tells which data and which software a response is of."""

    @property
    def snapshot(self) -> SnapshotRow: ...


class ResponseHeaders:
    """Puts the headers on every response, and validators on those that may be kept; answers OPTIONS.

    A 200 that is not `no-store` and has no tag of its own gets ETag, Last-Modified and Cache-Control. Tags are weak:
    compression, which happens outside, changes the bytes of a response, but not what they say.
    """

    def __init__(self, app: ASGIApp, database: Versioned, posted: str = "") -> None:
        """Create the middleware; `posted` is the one path that takes POST."""
        self.app, self.database, self.posted = app, database, posted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        start: Message | None = None
        body = bytearray()

        async def send_with_headers(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                given = dict(message["headers"])
                is_page = given.get(b"content-type", b"").startswith(_PAGES)
                message["headers"] = [*message["headers"], *RAW_HEADERS, *(_RAW_PAGE_HEADERS if is_page else ())]
                if message["status"] == 200 and given.get(b"cache-control") != b"no-store" and b"etag" not in given:
                    start = message
                    return
            elif start is not None:
                body.extend(message.get("body", b""))
                more = message.get("more_body", False)
                if more and len(body) <= LONGEST_HASHED:
                    return
                # The same address always gets the same bytes, so a long response need not be hashed.
                self._validate(
                    start, repr((scope["path"], scope["query_string"])).encode() if more else bytes(body), scope
                )
                await send(start)
                message, start = {**message, "body": bytes(body)}, None
            await send(message)

        if scope["method"] == "OPTIONS":
            path = scope["path"].removeprefix(scope.get("root_path", "").rstrip("/"))
            preflight = POST_PREFLIGHT if path == self.posted else PREFLIGHT
            await Response(status_code=204, headers=preflight)(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)

    def _validate(self, start: Message, content: bytes, scope: Scope) -> None:
        headers, snapshot = dict(start["headers"]), self.database.snapshot
        place = f"{snapshot.fingerprint} {headers[b'content-type'].decode()} {scope.get('root_path', '')} "
        tag = f'W/"{hashlib.blake2b(place.encode() + content).hexdigest()[:32]}"'
        start["headers"].append((b"etag", tag.encode()))
        if b"cache-control" not in headers:
            modified = http_date(snapshot.released).encode()
            start["headers"] += [(b"cache-control", CACHE_CONTROL.encode()), (b"last-modified", modified)]

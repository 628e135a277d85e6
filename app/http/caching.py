"""Caching: responses are kept as they are sent, and what clients already hold is not sent again.

`CacheMiddleware` stands outside all other middleware that adds to responses, so that what it keeps is all that is sent.
"""

import re
from collections.abc import Collection, Mapping
from urllib.parse import unquote_plus

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.response_cache import CachedResponse, ResponseCache, conditions

_WHOLE = 256 * 2**10  # bytes; a response that is longer is sent on as it comes, and not kept
# What messengers and advertisers add to addresses that people share; it is no part of a question.
_TRACKING = re.compile(
    rb"(?:^|&)(?:utm_[a-z_]+|fbclid|gclid|spm|isappinstalled|_)(?:=[^&]*)?(?=&|$)"
    rb"|(?:^|&)from=(?:timeline|singlemessage|groupmessage)(?=&|$)"
)


class ResponseStopped(OSError):
    """Ends a response whose body is not sent, as servers do when the client has left (ASGI 2.4)."""


class CacheMiddleware:
    """Answers GET and HEAD with what is kept; else has the application answer. The application only ever sees GET."""

    def __init__(
        self,
        app: ASGIApp,
        cache: ResponseCache,
        uncompressed: str = "",
        parameters: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Create the middleware.

        Files under the path `uncompressed` have strong tags, so their bytes are never encoded. `parameters` are those
        that are read at a path, where `*` may stand for its last part; all others are left out of a request to it.
        """
        self.app, self.cache, self.uncompressed, self.parameters = app, cache, uncompressed, parameters or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        if scope["query_string"]:
            scope = self._without_unread(scope)
        response = self.cache.find(scope)
        if response is None:
            exchange = _Exchange(scope, send)
            try:
                await self.app(self._as_get(scope), receive, exchange.receive)
            except (ResponseStopped, ClientDisconnect):
                if not exchange.stopped:
                    raise
            if exchange.response is None:  # it is sent already, or the client has left
                return None
            self.cache.keep(scope, exchange.response)
            response = exchange.response.under(conditions(scope), scope)
        for message in response.messages(scope["method"]):
            await send(message)

    def _without_unread(self, scope: Scope) -> Scope:
        """Return the request without what trackers add, and without the parameters that are not read at its path."""
        query, path = scope["query_string"], _route_path(scope)
        if _TRACKING.search(query):
            query = _TRACKING.sub(b"", query).removeprefix(b"&")
        read = self.parameters.get(path, self.parameters.get(f"{path.rpartition('/')[0]}/*"))
        if read is not None:
            pairs = query.split(b"&")
            query = b"&".join(pair for pair in pairs if unquote_plus(pair.partition(b"=")[0].decode("latin-1")) in read)
        return scope if query == scope["query_string"] else {**scope, "query_string": query}

    def _as_get(self, scope: Scope) -> Scope:
        """Return the request as the application sees it: a GET, and of a file without encodings."""
        ignored = {b"range"} if scope["method"] == "HEAD" else set()
        if self.uncompressed and _route_path(scope).startswith(self.uncompressed):
            ignored.add(b"accept-encoding")
        headers = [header for header in scope["headers"] if header[0] not in ignored]
        return {**scope, "method": "GET", "headers": headers}


def _route_path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))  # as `Mount` has completed both


class _Exchange:
    """A response on its way from the application: gathered, or passed on to the client where it is too long."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send = scope, send
        self.start: Message = {}
        self.body = bytearray()
        self.response: CachedResponse | None = None  # when all of it has come
        self.passing = self.stopped = False

    async def receive(self, message: Message) -> None:
        """Take a message of the application."""
        if message["type"] == "http.response.start":
            self.start = message
        elif self.passing:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                self.response = CachedResponse(self.start["status"], list(self.start["headers"]), bytes(self.body))
            elif len(self.body) > _WHOLE:
                await self._pass_on()

    async def _pass_on(self) -> None:
        """Send the head of a response that is too long to be kept, and its body as far as it has come."""
        self.passing = True
        response = CachedResponse(self.start["status"], list(self.start["headers"]), b"")
        response = response.under(conditions(self.scope), self.scope)
        if self.scope["method"] == "HEAD" or response.status not in (200, 206):
            self.stopped = True
            for message in response.messages(self.scope["method"]):
                await self.send(message)
            raise ResponseStopped
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": bytes(self.body), "more_body": True})

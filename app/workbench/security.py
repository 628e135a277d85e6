"""What keeps other pages of the same browser out: an unguessable address, and checks of host, origin and method."""

import secrets
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
READING = ("GET", "HEAD")
# No Access-Control header of any kind: the browser keeps answers from other pages, and refuses their preflights.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # The address is the key; it must not leave in a header.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class OnlyThisPage:
    """Answers only requests to this host under the token, and writes only those that the page itself makes.

    A name that an attacker lets point to 127.0.0.1 fails by its Host; a form or a script of another page by its
    Origin, its content type and the token.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app, self.token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            scope["root_path"] = f"/{self.token}"
        await (refusal or self.app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, port = Headers(scope=scope), scope["server"][1]
        if headers.getlist("host") != [f"{HOST}:{port}"]:
            return _refused(421, f"this page is served as {HOST}:{port} only")
        first = scope["path"].split("/")[1] if "/" in scope["path"] else ""
        if not secrets.compare_digest(first.encode(), self.token.encode()):
            return _refused(404, "open the address that the command printed")
        if scope["method"] in READING:
            return None if _is_own(headers.getlist("sec-fetch-site")) else _refused(403, "asked by another page")
        if scope["method"] != "POST":
            return _refused(405, "GET and POST only")
        if headers.getlist("origin") != [f"http://{HOST}:{port}"]:
            return _refused(403, "this page alone may write")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refused(415, "JSON only")
        return None


def _is_own(sites: Iterable[str]) -> bool:
    """Whether a request comes from the page or from a person who entered the address; old browsers don't say."""
    return all(site in ("same-origin", "none") for site in sites)


def _refused(status: int, detail: str) -> Response:
    return JSONResponse({"detail": detail}, status)

"""CORS: open data for every page on the web, on every answer, whether or not it was asked for."""

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.errors import METHODS

EXPOSED = "Link, X-Total-Count, ETag, Last-Modified, Content-Disposition, Accept-Ranges, Content-Range, Allow"


class Cors:
    """Lets any page read any answer, and answers OPTIONS, preflight or plain."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = EXPOSED
            await send(message)

        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await _options(scope, receive, opened)
        else:
            await self.app(scope, receive, opened)


async def _options(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",  # a day
    }
    await Response(status_code=204, headers=headers)(scope, receive, send)

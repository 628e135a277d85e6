"""`/mcp`: the endpoint of the streamable HTTP transport. The SDK is imported when it is first asked for."""

from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from app.http.errors import ProblemException, RequestError, problem_response
from app.http.headers import POST_METHODS
from app.http.messages import Message as ErrorMessage

if TYPE_CHECKING:
    from app.mcp.server import NoticeServer


class Endpoint:
    """Answers POST with what the SDK's server says, and anything else with a 405."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.server: NoticeServer | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_uncached(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        try:
            if scope["method"] != "POST":
                raise _not_allowed(scope["method"])
            if self.server is None:
                self.server = await run_in_threadpool(_create_server, self.app)
            server = self.server
        except ProblemException as problem:
            return await problem_response(Request(scope), problem)(scope, receive, send)
        await server.handle_http(scope, receive, send_uncached)


def _create_server(app: FastAPI) -> "NoticeServer":
    """Return the server; `ProblemException` where the SDK is not installed."""
    try:
        from app.mcp.server import NoticeServer
    except ImportError as error:
        values = {"package": error.name, "extra": "mcp"}
        raise ProblemException(501, ErrorMessage("not-installed", values)) from None
    return NoticeServer(app)


def _not_allowed(method: str) -> ProblemException:
    # The transport's GET would open a stream of messages from the server, which has none to send.
    message = ErrorMessage("protocol")
    problem = ProblemException(405, message, [RequestError("method", method, message, POST_METHODS.split(", "))])
    problem.headers["Allow"] = POST_METHODS
    return problem

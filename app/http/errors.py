"""Errors: one shape for all (RFC 9457), saying what was wrong, what is allowed, and where."""

import logging
import uuid
from collections.abc import Awaitable, Callable, Sequence
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.links import mounted

MEDIA_TYPE = "application/problem+json"
METHODS = "GET, HEAD, OPTIONS"
logger = logging.getLogger("zhenggai")


class Slip(BaseModel):
    """One thing that was wrong with a request."""

    in_: str = Field(alias="in", description="`query`, `path`, `header` or `method`.")
    name: str = Field(description="Which parameter.")
    message: str = Field(description="What was wrong with it.")
    allowed: list[str] | None = Field(description="What would have been right, where it can be listed.")
    suggestion: str | None = Field(description="The nearest thing that exists.")


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field(description="Identifies the kind of problem; a URN.")
    title: str
    status: int
    detail: str = Field(description="What went wrong this time.")
    instance: str = Field(description="The request's path and query.")
    errors: list[Slip]


class ProblemException(Exception):
    """A request that gets a problem document for an answer."""

    def __init__(self, status: int, kind: str, detail: str, slips: Sequence[Slip] = ()) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.slips = status, kind, detail, list(slips)


def slip(where: str, name: str, message: str, allowed: Sequence[str] | None = None, given: str = "") -> Slip:
    """A slip; what is allowed suggests what was meant by what was `given`."""
    # No number is a misspelling of another.
    near = [] if given.isdigit() else get_close_matches(given.lower(), allowed or (), 1, 0.5)
    values = {"in": where, "name": name, "message": message, "allowed": allowed and list(allowed)}
    return Slip.model_validate(values | {"suggestion": near[0] if near else None})


def not_found(name: str, given: str, what: str, allowed: Sequence[str]) -> ProblemException:
    """The refusal of an address at which there is nothing, saying what there is."""
    detail = f"There is no {what} {given!r}."
    return ProblemException(404, "not-found", detail, [slip("path", name, detail, allowed, given)])


def answer(request: Request, refusal: ProblemException, headers: dict[str, str] | None = None) -> JSONResponse:
    """The problem document for a refusal."""
    query = f"?{request.url.query}" if request.url.query else ""
    problem = Problem(
        type=f"urn:zhenggai:problem:{refusal.kind}",
        title=refusal.kind.replace("-", " ").capitalize(),
        status=refusal.status,
        detail=refusal.detail,
        instance=quote(mounted(request.scope, request.scope["path"])) + query,
        errors=refusal.slips,
    )
    more = {"Cache-Control": "no-store", **(headers or {})}
    return JSONResponse(problem.model_dump(by_alias=True), refusal.status, more, MEDIA_TYPE)


async def refused(request: Request, error: Any) -> JSONResponse:
    """Whatever a route refuses."""
    return answer(request, error)


async def http_error(request: Request, error: Any) -> JSONResponse:
    """What the framework refuses: an unknown address, a method that is not served."""
    kind = HTTPStatus(error.status_code).name.lower().replace("_", "-")
    refusal = ProblemException(error.status_code, kind, str(error.detail))
    if error.status_code == 404:
        paths = sorted(request.app.document["paths"])
        refusal = not_found("path", request.url.path, "address", paths)
    if error.status_code == 405:
        detail = f"{request.method} is not served here: the data is read-only."
        error.headers["Allow"] = METHODS
        refusal = ProblemException(405, kind, detail, [slip("method", request.method, detail, METHODS.split(", "))])
    return answer(request, refusal, dict(error.headers or {}))


async def invalid(request: Request, error: Any) -> JSONResponse:
    """What pydantic refuses beyond what the parameters' own check has found."""
    slips = [slip(str(e["loc"][0]), str(e["loc"][-1]), e["msg"]) for e in error.errors()]
    return answer(request, ProblemException(422, "invalid-parameter", "The request can't be understood.", slips))


Handler = Callable[[Request, Any], Awaitable[JSONResponse]]
HANDLERS: dict[int | type[Exception], Handler] = {
    ProblemException: refused,
    HTTPException: http_error,
    RequestValidationError: invalid,
}


class CatchAll:
    """Turns what nobody has caught into a problem document that tells only an id, and logs the rest under it.

    It stands outside all else; its own answer is `dressed` in the headers that all answers have.
    """

    def __init__(self, app: ASGIApp, dressed: Callable[[ASGIApp], ASGIApp]) -> None:
        self.app, self.dressed = app, dressed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception:
            if started or scope["type"] != "http":
                raise
            id = uuid.uuid4().hex[:12]
            logger.exception("request %s failed: %s %s", id, scope["method"], scope["path"])
            detail = f"Something went wrong here; the log has it under {id}."
            problem = answer(Request(scope), ProblemException(500, "internal-server-error", detail))
            await self.dressed(problem)(scope, receive, send)

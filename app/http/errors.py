"""Errors: one shape for all (RFC 9457), telling what was wrong, what is allowed, and where."""

import logging
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from app.database.errors import DatabaseError, Unavailable
from app.http.headers import HEADERS, METHODS
from app.http.messages import Language, Message, preferred_language
from app.http.mount import mounted, route_path
from app.http.suggestions import nearest, nearest_path

MEDIA_TYPE = "application/problem+json"
_QUERY = "%!$&'()*+,;=:@/?"  # what stands in a query as it is (RFC 3986)
RETRY_AFTER = 10  # seconds
logger = logging.getLogger("zhenggai")


class ErrorDetail(BaseModel):
    """One thing that was wrong with a request."""

    in_: str = Field(alias="in", description="`query`, `path`, `header` or `method`.")
    name: str = Field(description="Which parameter.")
    message: str = Field(description="What was wrong with it; in Chinese where `Accept-Language` prefers it.")
    allowed: list[str] | None = Field(description="What would have been right, where it can be listed.")
    suggestion: str | None = Field(description="The nearest thing that exists.")


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str = Field(description="Identifies the kind of problem; a URN.")
    title: str
    status: int
    detail: str = Field(description="What went wrong this time; in Chinese where `Accept-Language` prefers it.")
    instance: str = Field(description="The request's path and query.")
    errors: list[ErrorDetail]


@dataclass(frozen=True)
class RequestError:
    """One thing that is wrong with a request, in no language yet."""

    where: str
    name: str
    message: Message
    allowed: Sequence[str] | None = None
    suggestion: str | None = None

    def detail(self, language: Language) -> dict[str, Any]:
        """Return the public form, as a JSON object."""
        return {
            "in": self.where,
            "name": self.name,
            "message": self.message.text(language),
            "allowed": self.allowed and list(self.allowed),
            "suggestion": self.suggestion,
        }


class ProblemException(Exception):
    """Ends a request with a problem document. Without a message, its detail is what the errors say."""

    def __init__(
        self, status: int, message: Message | None = None, errors: Sequence[RequestError] = (), code: str | None = None
    ) -> None:
        super().__init__(message or errors)
        self.status, self.message, self.errors = status, message, errors
        self.code = code or HTTPStatus(status).name.lower().replace("_", "-")
        self.headers: dict[str, str] = {}

    def detail(self, language: Language) -> str:
        """Return what went wrong, in one text."""
        return self.message.text(language) if self.message else " ".join(e.message.text(language) for e in self.errors)


def invalid_parameters(errors: Sequence[RequestError], message: Message | None = None) -> ProblemException:
    """Return the exception for a request with invalid parameters."""
    return ProblemException(422, message, errors, "invalid-parameter")


def not_found(
    name: str, given: str, what: str, allowed: Sequence[str], what_zh: str = "记录", suggestion: str | None = None
) -> ProblemException:
    """Return the exception for an address at which there is nothing, with what there is."""
    message = Message("not-found", {"what": what, "what_zh": what_zh, "given": given})
    error = RequestError("path", name, message, allowed, suggestion or nearest(given, allowed))
    return ProblemException(404, None, [error])


def problem_response(request: Request, problem: ProblemException) -> JSONResponse:
    """Return the problem document of an exception, in the language that the client prefers."""
    language = preferred_language(request.headers.get("Accept-Language", ""))
    # The query's bytes as they came: they need not be ASCII, though every well-behaved client sends nothing else.
    query = quote(request.scope["query_string"], safe=_QUERY)
    instance = mounted(request.scope, quote(route_path(request.scope))) + (query and f"?{query}")
    content = problem_document(problem, language, instance)
    headers = {"Cache-Control": "no-store", "Content-Language": language, **problem.headers}
    return JSONResponse(content, problem.status, headers, MEDIA_TYPE)


def problem_document(problem: ProblemException, language: Language = "en", instance: str = "") -> dict[str, Any]:
    """Return the problem document of an exception, as a JSON object."""
    return {
        "type": f"urn:zhenggai:problem:{problem.code}",
        "title": problem.code.replace("-", " ").capitalize(),
        "status": problem.status,
        "detail": problem.detail(language),
        "instance": instance,
        "errors": [error.detail(language) for error in problem.errors],
    }


def raw_problem(status: int, message: Message) -> bytes:
    """Return the body of an error for a request that the app never sees."""
    return bytes(JSONResponse(problem_document(ProblemException(status, message))).body)


async def handle_problem(request: Request, error: Any) -> JSONResponse:
    """Answer a `ProblemException`."""
    return problem_response(request, error)


async def handle_http_exception(request: Request, error: Any) -> JSONResponse:
    """Answer what the framework raises: an unknown address, a method that is not served."""
    problem = ProblemException(error.status_code, Message("invalid"))
    if error.status_code == 404:
        paths = sorted([*request.app.paths, "/docs", "/openapi.json"])
        path = route_path(request.scope)
        problem = not_found("path", path, "address", paths, "地址", nearest_path(path, paths))
    elif error.status_code == 405:
        message = Message("method", {"method": request.method})
        problem = ProblemException(405, message, [RequestError("method", request.method, message, METHODS.split(", "))])
        problem.headers["Allow"] = METHODS
    problem.headers |= {name: value for name, value in (error.headers or {}).items() if name not in problem.headers}
    return problem_response(request, problem)


async def handle_unavailable(request: Request, error: Any) -> JSONResponse:
    """Answer for data that can't be read at the moment; the log, not the answer, tells files and settings."""
    if type(error) is not Unavailable:  # what passes has been logged once already, where it was found
        logger.error("%s", error)
    problem = ProblemException(503, Message("unavailable"))
    problem.headers["Retry-After"] = str(RETRY_AFTER)
    return problem_response(request, problem)


async def handle_exception(request: Request, _: Exception) -> JSONResponse:
    """Answer an unhandled exception with a 500 that gives only an id, and log the rest under it.

    Starlette calls this outside all middleware, so the headers of every response are put on here, and then raises the
    exception for the server to log.
    """
    id = request.scope.get("state", {}).get("request_id") or uuid.uuid4().hex[:12]
    logger.error("request %s failed: %s %s", id, request.method, quote(route_path(request.scope)))
    problem = ProblemException(500, Message("internal", {"id": id}))
    problem.headers = dict(HEADERS)
    return problem_response(request, problem)


Handler = Callable[[Request, Any], Awaitable[JSONResponse]]
HANDLERS: dict[int | type[Exception], Handler] = {
    ProblemException: handle_problem,
    DatabaseError: handle_unavailable,
    HTTPException: handle_http_exception,
    Exception: handle_exception,
}

"""The route of a page: made in a thread of its own, some at a time, and whatever its address has that it does not read.

A long page takes some tens of milliseconds to be made, in which the event loop would answer nobody.
"""

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any, TypeVar

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync
from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.pages.api import WHOLE

_AT_ONCE = 2  # threads that make pages: they take turns with the event loop, so more of them only make it wait
_limiter = RunVar[CapacityLimiter]("page_threads")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class PageRoute(APIRoute):
    """Makes its page in a thread, which has an event loop for the requests that the page makes to the API."""

    def get_route_handler(self) -> Handler:
        return partial(_handle, super().get_route_handler())


async def _handle(handler: Handler, request: Request) -> Response:
    try:
        limiter = _limiter.get()
    except LookupError:
        limiter = CapacityLimiter(_AT_ONCE)
        _limiter.set(limiter)
    return await run_sync(lambda: asyncio.run(handler(request)), limiter=limiter)


def reads(*names: str, query: type[BaseModel] = BaseModel) -> Callable[[Endpoint], Endpoint]:
    """Say what a page reads of its address beside the notice: parameters, or those of a list of the API.

    All others are left out of a request before it is answered. Without this a page gets whatever its address has, and
    is kept once for each.
    """
    listed = {info.alias or name for name, info in query.model_fields.items()} - {WHOLE}

    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.parameters = listed | {"notice", *names}  # type: ignore[attr-defined]
        return endpoint

    return mark


def read_parameters(routes: Iterable[Any]) -> dict[str, set[str]]:
    """Return the parameters that pages read, by the paths of their routes, in which `*` stands for a key."""
    found = {route.path: getattr(route.endpoint, "parameters", None) for route in routes}
    return {re.sub("{.*}", "*", path): names for path, names in found.items() if names is not None}

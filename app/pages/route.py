"""The route of a page: made in a thread of its own, some at a time, and whatever its address has that it does not read.

A long page takes some tens of milliseconds to be made, in which the event loop would answer nobody.
"""

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any, TypeVar

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from app.http.threads import Threads
from app.pages.api import WHOLE

_threads = Threads("pages", at_once=2)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class PageRoute(APIRoute):
    """Makes its page in a thread, which has an event loop for the requests that the page makes to the API."""

    def get_route_handler(self) -> Handler:
        return partial(_handle, super().get_route_handler())


async def _handle(handler: Handler, request: Request) -> Response:
    return await _threads.run(lambda: asyncio.run(handler(request)))


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

"""The route of a page: made in a thread of its own, some at a time, and whatever its address has that it does not read.

A long page takes some tens of milliseconds to be made, in which the event loop would answer nobody.
"""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute

from app.http.threads import Threads
from app.pages.api import query_parameters
from app.pages.language import LANGUAGES

_LISTS = ("issues", "measures", "metrics", "documents", "organizations", "search", "locate")
# What the other pages read beside the notice. A parameter that is not listed here never reaches the page.
_OTHERS = {
    name: {"span"} if name == "source" else set[str]()
    for name in ("", "source", "plots", "glossary", "guide", "about", "docs")
}
_threads = Threads("pages", at_once=2)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """Makes its page in a thread, which has an event loop for the requests that the page makes to the API."""

    def get_route_handler(self) -> Handler:
        return partial(_handle, super().get_route_handler())


async def _handle(handler: Handler, request: Request) -> Response:
    return await _threads.run(lambda: asyncio.run(handler(request)))


def page_parameters(app: FastAPI, path: str) -> set[str] | None:
    """Return the parameters that a page reads; None where the path is none of a page's.

    All others change nothing in it. The pages of lists read what the API's lists take, and those of records the notice.
    """
    language, _, rest = path[1:].partition("/")
    if language not in LANGUAGES:
        return None
    name, _, key = rest.partition("/")
    if name in _LISTS:
        return {"notice"} | (set() if key else query_parameters(app, f"/{name}"))
    return {"notice"} | _OTHERS[name] if name in _OTHERS else None

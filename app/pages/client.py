"""Asking the API from within the process: a page shows what an address answers, and nothing else."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi import Request

from app.http import client
from app.http.links import address

Parameters = Sequence[tuple[str, Any]]


class Answer(NamedTuple):
    """What an address answers: a record, a list or a problem."""

    status: int
    content: Any


async def ask(request: Request, path: str, parameters: Parameters = ()) -> Answer:
    """The JSON at a path of this service, mounted where the page is."""
    url = address(request.scope, quote(path), parameters)
    answer = await client.ask(request.app, url, request.scope.get("root_path", ""))
    return Answer(answer.status, json.loads(answer.body))

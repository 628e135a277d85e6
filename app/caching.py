"""Caching: every answer's validators, and 304 for whoever holds the answer already."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import __version__
from app.models.edition import EditionRow

FRESH = "public, max-age=300"  # five minutes: how late a correction may reach a reader
SMALLEST_COMPRESSED = 500  # bytes; shorter answers are sent as they are


class Caching:
    """Gives every 200 its ETag, Last-Modified and Cache-Control, unless it says `no-store`, and answers conditions.

    A condition is looked at when the answer is there, so 304 is given only where a fresh answer would be 200. The tag
    is weak, because compression outside changes the bytes but not what they say.
    """

    def __init__(self, app: ASGIApp, edition: Callable[[], EditionRow]) -> None:
        self.app, self.edition = app, edition

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return await self.app(scope, receive, send)
        answer: list[Message] = []
        passed = False

        async def collect(message: Message) -> None:
            nonlocal passed
            # Whatever brings its own tag, such as a file in ranges, has seen to the conditions itself.
            passed = passed or "ETag" in Headers(raw=message.get("headers", []))
            if passed:
                return await send(message)
            answer.append(message)

        await self.app(scope, receive, collect)
        if passed:
            return None
        start, body = answer[0], b"".join(message.get("body", b"") for message in answer[1:])
        if start["status"] == 200 and MutableHeaders(scope=start).get("Cache-Control") != "no-store":
            self._validate(start, body)
            if unchanged(Headers(scope=scope), Headers(raw=start["headers"])):
                start, body = _not_modified(start, body), b""
        await send(start)
        await send({"type": "http.response.body", "body": body})

    def _validate(self, start: Message, body: bytes) -> None:
        headers, edition = MutableHeaders(scope=start), self.edition()
        content = hashlib.blake2b(f"{edition.data_version} {__version__} {headers['Content-Type']} ".encode() + body)
        headers["ETag"] = f'W/"{content.hexdigest()[:32]}"'
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = FRESH
            headers["Last-Modified"] = http_date(edition.released)


def http_date(day: date) -> str:
    """The start of a day as HTTP writes it."""
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)


def unchanged(request: Headers, answer: Headers) -> bool:
    """Whether the request's conditions say that the client holds this answer (RFC 9110, 13.1.2 and 13.1.3)."""
    if (tags := request.getlist("If-None-Match")) != []:
        listed = ", ".join(tags)
        return listed.strip() == "*" or _opaque(answer["ETag"])[0] in _opaque(listed)
    since, modified = request.get("If-Modified-Since"), answer.get("Last-Modified")
    if since is None or modified is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False  # a date that can't be read is no condition


def _opaque(tags: str) -> list[str]:
    """The quoted part of every tag in a list: weak comparison looks at nothing else."""
    return re.findall(r'"[\x21\x23-\x7e\x80-\xff]*"', tags)


def _not_modified(start: Message, body: bytes) -> Message:
    """The head of a 304: that of the 200 without what describes a body."""
    headers = MutableHeaders(raw=list(start["headers"]))
    if len(body) >= SMALLEST_COMPRESSED:
        headers.add_vary_header("Accept-Encoding")  # as compression does on the 200
    for name in ("Content-Length", "Content-Type"):
        del headers[name]
    return {**start, "status": 304, "headers": headers.raw}

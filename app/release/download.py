"""The response that carries a file of the release, whole or in ranges."""

import re
from collections.abc import Mapping
from pathlib import Path

from fastapi.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

from app.database.errors import Unavailable
from app.database.open_file import Identity
from app.http.conditional import Preconditions
from app.http.errors import ProblemException
from app.http.messages import Message as ErrorMessage

# Python does not convert numbers of thousands of digits.
_RANGE = r"[ \t]*(?:[0-9]{1,100}-(?:[0-9]{1,100})?|-[0-9]{1,100})[ \t]*"
_RANGES = re.compile(rf"bytes=(?:[ \t]*,)*{_RANGE}(?:,(?:{_RANGE}|[ \t]*))*", re.IGNORECASE)


class Download(FileResponse):
    """Starlette's file response, with its rules for Range and If-Range made those of RFC 9110.

    Starlette answers 400 or 416 in plain text, takes the valid ranges out of a header that is not valid, refuses all
    ranges where one can't be satisfied, and looks at ranges before preconditions. The methods are private to Starlette;
    tests of every case guard against its change.

    A file that is changed while it is sent ends the connection: what has been promised by the tag can't be kept.
    """

    def __init__(self, path: Path, identity: Identity, headers: Mapping[str, str], media_type: str) -> None:
        """`identity` is that of the file when it was as the tag says."""
        super().__init__(path, headers=headers, media_type=media_type)
        self.identity = identity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        preconditions = Preconditions.of(scope["headers"])
        if preconditions.evaluate(self.headers["ETag"], self.headers["Last-Modified"]) != 200:
            # The response will be replaced by a 304 or 412, so its range does not matter (13.2.2).
            scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != b"range"]}

        async def send_unchanged(message: Message) -> None:
            if message["type"] == "http.response.body" and Identity.of(Path(self.path)) != self.identity:
                raise Unavailable(f"{self.path} was changed while it was sent")
            await send(message)

        await super().__call__(scope, receive, send_unchanged)

    def _should_use_range(self, http_if_range: str) -> bool:
        # A date is never held to be the same: of two releases on one day it does not tell which (8.8.2.2).
        return http_if_range == self.headers["ETag"]

    @classmethod
    def _parse_range_header(cls, http_range: str, file_size: int) -> list[tuple[int, int]]:
        """Return half-open ranges, none if the whole file is to be sent; `ProblemException` where no range is in it."""
        if not _RANGES.fullmatch(http_range):
            return []
        given = re.findall("([0-9]*)-([0-9]*)", http_range)
        if len(given) > cls.max_ranges or any(first and last and int(first) > int(last) for first, last in given):
            return []
        ranges = sorted(_span(first, last, file_size) for first, last in given)
        satisfiable = [(start, end) for start, end in ranges if start < end]
        if not satisfiable:
            problem = ProblemException(416, ErrorMessage("range", {"size": file_size}), code="range-not-satisfiable")
            problem.headers["Content-Range"] = f"bytes */{file_size}"
            raise problem
        return _merge(satisfiable)


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """Return a range of a file of this size as a half-open one, which is empty if none of it is there."""
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1, size) if last else size


def _merge(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join the sorted ranges that overlap or touch."""
    merged = ranges[:1]
    for start, end in ranges[1:]:
        if start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged

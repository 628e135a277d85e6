"""Downloads: a file whole or in ranges (RFC 9110, 14), under a strong ETag that is the hash of its bytes."""

import re
from pathlib import Path

from fastapi.responses import FileResponse
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

# Positions of more digits than any file has bytes are no positions.
_SPEC = re.compile(r"\s*([0-9]{1,18})-([0-9]{1,18})?\s*|\s*-([0-9]{1,18})\s*")


class Download(FileResponse):
    """A file, or the part of it that is asked for; a range that can't be read is no range."""

    def __init__(self, path: Path, size: int, request: Headers, headers: dict[str, str], media_type: str) -> None:
        super().__init__(path, headers=headers, media_type=media_type)
        self.ranged = _is_range(request, size, headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.ranged:
            scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != b"range"]}
        await super().__call__(scope, receive, send)


def _is_range(request: Headers, size: int, headers: dict[str, str]) -> bool:
    """Whether a range is to be sent; a 416 if the one asked for lies past the end.

    `If-Range` holds back a range of other bytes than those that the client has.
    """
    unit, _, specs = request.get("Range", "").partition("=")
    held = request.get("If-Range")
    if unit.strip().lower() != "bytes" or held not in (None, headers["ETag"], headers["Last-Modified"]):
        return False
    found = [_SPEC.fullmatch(spec) for spec in specs.split(",")]
    if not all(found):
        return False
    pairs = [match.groups() for match in found if match]
    if any(first and last and int(last) < int(first) for first, last, _ in pairs):
        return False
    if any(int(first) >= size if first else int(suffix) == 0 for first, _, suffix in pairs):
        detail = f"The file has {size} bytes."
        raise HTTPException(416, detail, {"Content-Range": f"bytes */{size}"})
    return True

"""The response that carries a file of the release, whole or in ranges."""

import re

from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException
from starlette.responses import RangeNotSatisfiable

# Of at most 18 digits, which count more bytes than any file has.
_RANGE = r"\s*(?:[0-9]{1,18}-(?:[0-9]{1,18})?|-[0-9]{1,18})\s*"
_RANGES = re.compile(rf"\s*bytes\s*={_RANGE}(?:,{_RANGE})*", re.IGNORECASE)


class Download(FileResponse):
    """Starlette's file response, but for two answers of its own to the Range header (RFC 9110, 14).

    A header that is not valid is ignored, where Starlette answers 400 in plain text or picks the valid ranges out. A
    range past the end is the service's own problem document, so it is raised as an HTTPException of status 416. The
    method is private to Starlette; tests of every case guard against its change.
    """

    @classmethod
    def _parse_range_header(cls, http_range: str, file_size: int) -> list[tuple[int, int]]:
        if not _is_valid(http_range):
            return []  # The whole file is sent.
        try:
            return super()._parse_range_header(http_range, file_size)
        except RangeNotSatisfiable:
            detail = f"The file has {file_size} bytes."
            raise HTTPException(416, detail, {"Content-Range": f"bytes */{file_size}"}) from None


def _is_valid(http_range: str) -> bool:
    """Check that a Range header is one of bytes, and that no range in it ends before it starts."""
    if not _RANGES.fullmatch(http_range):
        return False
    return all(int(first) <= int(last) for first, last in re.findall("([0-9]+)-([0-9]+)", http_range))

"""The stylesheets, scripts and icon of the pages, at addresses that change with their content."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response

from app.http.errors import not_found

FOLDER = Path(__file__).parent / "static"
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
IMMUTABLE = "public, max-age=31536000, immutable"

router = APIRouter()


@cache
def contents() -> dict[str, bytes]:
    """Return the files by name, without those in subfolders."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in _MEDIA_TYPES}


@cache
def digest() -> str:
    """Return a digest of all files together, so that a script can import another by a relative address."""
    whole = b"".join(name.encode() + b"\0" + content for name, content in contents().items())
    return hashlib.blake2b(whole, digest_size=6).hexdigest()


@router.get("/static/{version}/{name}")
async def get_static_file(version: str, name: str) -> Response:
    """Return a file, to be cached without limit under the current digest, and not at all under another."""
    if name not in contents():
        raise not_found("name", name, "file", list(contents()))
    cache_control = IMMUTABLE if version == digest() else "no-store"
    return Response(
        contents()[name], media_type=_MEDIA_TYPES[Path(name).suffix], headers={"Cache-Control": cache_control}
    )


@router.get("/favicon.ico")
async def get_favicon() -> Response:
    """Return the icon where browsers look for it. It is an SVG; they go by the media type, not by the name."""
    return Response(contents()["icon.svg"], media_type=_MEDIA_TYPES[".svg"])

"""What pages are made of besides text: styles, scripts, the icon, each at an address that changes with any of them."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response

from app.http.errors import not_found

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"

router = APIRouter()


@cache
def contents() -> dict[str, bytes]:
    """The files by name."""
    return {path.name: path.read_bytes() for path in sorted(_FOLDER.iterdir()) if path.suffix in _TYPES}


@cache
def digest() -> str:
    """One name for all of them together, so that a script may import its neighbour."""
    whole = b"".join(name.encode() + b"\0" + content for name, content in contents().items())
    return hashlib.blake2b(whole, digest_size=6).hexdigest()


@router.get("/static/{edition}/{name}")
async def get_static(edition: str, name: str) -> Response:
    """One file. A name of an earlier edition is answered too, but not kept."""
    if name not in contents():
        raise not_found("name", name, "file", list(contents()))
    kept = FOREVER if edition == digest() else "no-store"
    return Response(contents()[name], media_type=_TYPES[Path(name).suffix], headers={"Cache-Control": kept})

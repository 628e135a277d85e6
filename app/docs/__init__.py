"""`/docs`: the API's reference in a browser, with nothing loaded from another host."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Response

from app.errors import not_found

_HERE = Path(__file__).parent
# Swagger UI's own files come from an installed package.
_SWAGGER = Path(str(files("fastapi_offline"))) / "static"
_PARTS = {
    "docs.js": (_HERE / "docs.js", "text/javascript"),
    "swagger-ui-bundle.js": (_SWAGGER / "swagger-ui-bundle.js", "text/javascript"),
    "swagger-ui.css": (_SWAGGER / "swagger-ui.css", "text/css"),
}

router = APIRouter(include_in_schema=False)


@cache
def _read(path: Path) -> bytes:
    return path.read_bytes()


def _file(path: Path, media_type: str) -> Response:
    # Browsers ask again each time, and get a 304 for as long as the file is the same.
    return Response(_read(path), media_type=media_type, headers={"Cache-Control": "no-cache"})


@router.get("/docs")
async def get_docs() -> Response:
    """The reference."""
    return _file(_HERE / "docs.html", "text/html")


@router.get("/docs/{name}")
async def get_docs_part(name: str) -> Response:
    """What the reference is made of; its script is a file of its own, so that none need stand in the page."""
    if name not in _PARTS:
        raise not_found("name", name, "part of the reference", list(_PARTS))
    return _file(*_PARTS[name])

"""What the API's reference is made of, so that nothing is loaded from another host. Its page is among the pages."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Response

from app.http.errors import not_found

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


@router.get("/docs/{name}")
async def get_docs_part(name: str) -> Response:
    """A script or a style."""
    if name not in _PARTS:
        raise not_found("name", name, "part of the reference", list(_PARTS))
    return _file(*_PARTS[name])

"""`/docs`, `/zh/docs`, `/en/docs`: the reference of the API in Swagger UI, with nothing loaded from another host."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Response

from app.http.errors import not_found
from app.pages import static_files
from app.pages.context import PageDep
from app.pages.route import PageRoute, reads

# The files of Swagger UI come from an installed package.
_SWAGGER = Path(str(files("fastapi_offline"))) / "static"
_ASSETS = {
    "docs.js": (static_files.FOLDER / "docs" / "docs.js", "text/javascript"),
    "swagger-ui-bundle.js": (_SWAGGER / "swagger-ui-bundle.js", "text/javascript"),
    "swagger-ui.css": (_SWAGGER / "swagger-ui.css", "text/css"),
}

router = APIRouter(route_class=PageRoute)
assets = APIRouter()  # mounted once, not in each language


@router.get("/docs")
@reads()
async def get_docs(page: PageDep) -> Response:
    """Return the page that Swagger UI fills from the OpenAPI document."""
    return page.render("reference.html")


@assets.get("/docs/{name}")
async def get_docs_asset(name: str) -> Response:
    """Return a script or the stylesheet. Browsers revalidate it each time, and get a 304 while it is unchanged."""
    if name not in _ASSETS:
        raise not_found("name", name, "part of the reference", list(_ASSETS))
    path, media_type = _ASSETS[name]
    return Response(_read(path), media_type=media_type, headers={"Cache-Control": "no-cache"})


@cache
def _read(path: Path) -> bytes:
    return path.read_bytes()

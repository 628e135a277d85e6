"""`/docs`: the API's reference in a browser, with nothing loaded from another host."""

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

_HERE = Path(__file__).parent
# Swagger UI's own files come from an installed package.
_SWAGGER = Path(str(files("fastapi_offline"))) / "static"

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def get_docs() -> FileResponse:
    """The reference."""
    return FileResponse(_HERE / "docs.html")


@router.get("/docs/docs.js")
async def get_script() -> FileResponse:
    """What starts Swagger UI; a file of its own, so that no inline script is needed."""
    return FileResponse(_HERE / "docs.js", media_type="text/javascript")


@router.get("/")
async def get_root(request: Request) -> RedirectResponse:
    """The way in."""
    return RedirectResponse(request.scope.get("root_path", "") + "/docs")


def mount(app: FastAPI) -> None:
    """Serve the reference and what it is made of."""
    app.include_router(router)
    app.mount("/docs/swagger", StaticFiles(directory=_SWAGGER))

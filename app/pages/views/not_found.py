"""The 404 page for every other address under a language."""

from fastapi import APIRouter, Response

from app.pages.context import PageDep

router = APIRouter()


@router.get("/{path:path}")
async def get_not_found(path: str, page: PageDep) -> Response:  # noqa: ARG001
    """Return the 404 page."""
    return page.render_not_found()

"""Pages that are not there: every other address under a language, told in HTML."""

from fastapi import APIRouter, Response

from app.pages.context import FrameDep

router = APIRouter()


@router.get("/{rest:path}")
async def get_missing(rest: str, frame: FrameDep) -> Response:  # noqa: ARG001
    """What there is instead."""
    return frame.missing()

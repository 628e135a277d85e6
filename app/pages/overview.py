"""`/zh/`, `/en/`: the overview."""

from fastapi import APIRouter, Response

from app.pages.frame import FrameDep

router = APIRouter()


@router.get("/")
async def get_overview(frame: FrameDep) -> Response:
    """What this is, in a minute."""
    notice = await frame.ask("/notice")
    return frame.render("overview.html", notice=notice)

"""`/zh/about`: what this is, how it was made and checked, what it leaves out, and how to report an error."""

from fastapi import APIRouter, Response

from app.pages.context import FrameDep

router = APIRouter()


@router.get("/about")
async def get_about(frame: FrameDep) -> Response:
    """What a careful reader asks before trusting a page."""
    notice = await frame.ask("/notice")
    return frame.render("about.html", notice=notice, proof=await frame.ask("/reconciliation"))

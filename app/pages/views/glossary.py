"""`/zh/glossary`: the terms of the notice that a foreign reader can't know, explained."""

from fastapi import APIRouter, Response

from app.pages.context import FrameDep

router = APIRouter()


@router.get("/glossary")
async def get_glossary(frame: FrameDep) -> Response:
    """Every term, with where it stands."""
    return frame.render("glossary.html", entries=await frame.all("/glossary"))

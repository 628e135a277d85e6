"""`/zh/measures`: the acts that the notice reports."""

from fastapi import APIRouter, Response

from app.pages.context import FrameDep
from app.pages.listing import Shelf, explore

router = APIRouter()

SHELF = Shelf(
    path="/measures",
    facets=("kind", "category", "actor", "modality", "issue"),
    choices=(("has_metrics", ("true", "false")), ("has_actor", ("true", "false"))),
    sorts=("issue", "kind", "modality", "actor"),
)


@router.get("/measures")
async def get_measures(frame: FrameDep) -> Response:
    """Every measure, to be narrowed."""
    return frame.render("measures.html", view=await explore(frame, SHELF))

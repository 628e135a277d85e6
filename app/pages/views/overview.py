"""`/zh/`, `/en/`: the overview, from which a first-time visitor sees in a minute what there is."""

from fastapi import APIRouter, Response

from app.pages.context import FrameDep

router = APIRouter()

# What is counted at a glance, each with a page of its own.
COUNTED = ("issues", "measures", "metrics")
# Figures that say more than how many, in the order of the notice.
_TELLING = (("nature", "change"), ("nature", "growth_rate"), ("nature", "share"))
_TOPICS = 8
_GAPS = 4


@router.get("/")
async def get_overview(frame: FrameDep) -> Response:
    """What this is, what the notice declares, what is transcribed, where to go."""
    notice = await frame.ask("/notice")
    topics = (await frame.ask("/issues/facets"))["facets"]["topic"][:_TOPICS]
    return frame.render(
        "overview.html",
        notice=notice,
        topics=topics,
        categories=await frame.all("/categories"),
        declarations=(await frame.ask("/reconciliation"))["declarations"],
        counts={name: (await frame.ask(f"/{name}", ("limit", 1)))["total"] for name in COUNTED},
        figures_shown=await frame.all("/metrics", *_TELLING),
        gaps=notice["not_stated"][:_GAPS],
        notices=await frame.all("/notices"),
    )

"""`/zh/`, `/en/`: the overview, which shows a first-time visitor what there is."""

from fastapi import APIRouter, Response

from app.pages.context import PageDep
from app.pages.route import PageRoute

router = APIRouter(route_class=PageRoute)

# The collections whose totals are shown, each with a link to its page.
_COUNTED = ("issues", "measures", "metrics")
# Figures that state a change or a share, in the order of the notice.
_NOTABLE_FIGURES = (("nature", "change"), ("nature", "growth_rate"), ("nature", "share"))
_TOPICS = 8
_GAPS = 4


@router.get("/")
async def get_overview(page: PageDep) -> Response:
    """Return the overview: what the notice declares, what is transcribed, and where to go."""
    notice = await page.fetch("/notice")
    facets = await page.fetch("/issues/facets")
    categories = await page.fetch_all("/categories")
    reconciliation = await page.fetch("/reconciliation")
    totals = {name: (await page.fetch(f"/{name}", ("limit", 1))).content["total"] for name in _COUNTED}
    notable_figures = await page.fetch_all("/metrics", *_NOTABLE_FIGURES)
    notices = await page.fetch_all("/notices")
    return page.render(
        "overview.html",
        source=notice.address,
        notice=notice.content,
        topics=facets.content["facets"]["topic"][:_TOPICS],
        categories=categories.content,
        declarations=reconciliation.content["declarations"],
        totals=totals,
        notable_figures=notable_figures.content,
        gaps=notice.content["not_stated"][:_GAPS],
        notices=notices.content,
    )

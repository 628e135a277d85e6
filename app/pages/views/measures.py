"""`/zh/measures`: the measures that the notice reports."""

from fastapi import APIRouter, Response

from app.pages.context import PageDep
from app.pages.english import load_body_names
from app.pages.listing import ListConfig, load_list

router = APIRouter()

CONFIG = ListConfig(
    path="/measures",
    facets=("kind", "category", "directive", "actor", "sanction", "modality", "issue"),
    choices=tuple((name, ("true", "false")) for name in ("directed", "has_actor", "has_metrics")),
    sorts=("issue", "kind", "modality", "actor"),
)


@router.get("/measures")
async def get_measures(page: PageDep) -> Response:
    """Return the list of measures."""
    view = await load_list(page, CONFIG)
    notice = await page.fetch_notice()
    bodies = await load_body_names(page, (measure["notice"] for measure in view.items))
    return page.render("measures.html", source=view.source, query=view.query, view=view, notice=notice, bodies=bodies)

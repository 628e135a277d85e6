"""`/zh/measures`: the measures that the notice reports."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import PageContext, PageDep
from app.pages.english import load_body_names
from app.pages.language import LANGUAGES
from app.pages.listing import ListConfig, load_list
from app.pages.route import PageRoute, reads
from app.queries.measures import MeasureQuery

router = APIRouter(route_class=PageRoute)

CONFIG = ListConfig(
    path="/measures",
    facets=("kind", "category", "directive", "actor", "sanction", "modality", "issue"),
    choices=tuple((name, ("true", "false")) for name in ("directed", "has_actor", "has_metrics")),
    sorts=("issue", "kind", "modality", "actor"),
    sheet=("issue_number", "text", "kind", "directive", "actor", "sanction"),
)


@router.get("/measures")
@reads(query=MeasureQuery)
async def get_measures(page: PageDep) -> Response:
    """Return the list of measures."""
    view = await load_list(page, CONFIG)
    notice = await page.fetch_notice()
    bodies = await load_body_names(page, (measure["notice"] for measure in view.items))
    return page.render(
        "measures.html",
        source=view.source,
        query=view.query,
        view=view,
        notice=notice,
        bodies=bodies,
        issue_title=lambda measure: _issue_title(page, measure),
    )


def _issue_title(page: PageContext, measure: dict[str, Any]) -> str:
    titles = page.catalog.titles("issue", measure["notice"])[measure["issue_number"]]
    return titles[LANGUAGES.index(page.language)] or titles[0]

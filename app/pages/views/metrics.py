"""`/zh/metrics`, `/zh/metrics/{id}`: the figures that the notice prints, each in its sentence."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import PageDep
from app.pages.listing import ListConfig, adjacent, load_list
from app.pages.route import PageRoute

router = APIRouter(route_class=PageRoute)

CONFIG = ListConfig(
    path="/metrics",
    facets=("counted", "unit", "category", "nature", "qualifier", "period_kind", "comparison", "scope", "issue"),
    choices=(("period", ("stated", "unstated")), ("has_note", ("true", "false"))),
    sorts=("issue", "-value", "value", "period_start", "counted", "unit"),
    limit=100,
)
# The fields that hold the id of another metric.
_RELATIONS = ("same_as", "part_of", "denominator")


@router.get("/metrics")
async def get_metrics(page: PageDep) -> Response:
    """Return the list of figures."""
    view = await load_list(page, CONFIG)
    return page.render("metrics.html", source=view.source, query=view.query, view=view)


@router.get("/metrics/{id}")
async def get_metric(id: str, page: PageDep) -> Response:
    """Return a figure: its sentence, what it says, and the figures that it is related to."""
    result = await page.fetch_record("/metrics", id)
    metric: dict[str, Any] = result.content
    every_metric = await page.fetch_all("/metrics", ("notice", metric["notice"]))
    metrics = {other["id"]: other for other in every_metric.content}
    previous_id, next_id = adjacent(list(metrics), metric["id"])
    return page.render(
        "metric.html",
        source=result.address,
        metric=metric,
        related=[(relation, metrics[metric[relation]]) for relation in _RELATIONS if metric[relation]],
        issue_titles=page.catalog.titles("issue", metric["notice"]).get(metric["issue_number"]),
        previous=metrics.get(previous_id),
        next=metrics.get(next_id),
        same_sentence=[m for m in metrics.values() if m["start"] == metric["start"] and m["id"] != metric["id"]],
    )

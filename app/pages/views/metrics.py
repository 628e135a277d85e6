"""`/zh/metrics`, `/zh/metrics/{id}`: every figure in its sentence."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import FrameDep
from app.pages.listing import Shelf, explore
from app.pages.neighbours import neighbours

router = APIRouter()

SHELF = Shelf(
    path="/metrics",
    facets=("counted", "unit", "category", "nature", "qualifier", "period_kind", "comparison", "scope", "issue"),
    choices=(("period", ("stated", "unstated")), ("has_note", ("true", "false"))),
    sorts=("issue", "-value", "value", "period_start", "counted", "unit"),
    limit=100,
)
_OTHERS = ("same_as", "part_of", "denominator")


@router.get("/metrics")
async def get_metrics(frame: FrameDep) -> Response:
    """Every figure, to be narrowed."""
    return frame.render("metrics.html", view=await explore(frame, SHELF))


@router.get("/metrics/{id}")
async def get_metric(id: str, frame: FrameDep) -> Response:
    """One figure: what is printed, what can be read in it, and nothing else."""
    metric: dict[str, Any] = await frame.ask(f"/metrics/{id}")
    everyone = {m["id"]: m for m in await frame.all("/metrics", ("notice", metric["notice"]))}
    before, after = neighbours(list(everyone), metric["id"])
    related = [(name, everyone[metric[name]]) for name in _OTHERS if metric[name]]
    issue = frame.catalog.titles("issue", metric["notice"]).get(metric["issue_number"])
    return frame.render(
        "metric.html",
        metric=metric,
        related=related,
        issue=issue,
        around=(everyone.get(before), everyone.get(after)),
        siblings=[m for m in everyone.values() if m["start"] == metric["start"] and m["id"] != metric["id"]],
    )

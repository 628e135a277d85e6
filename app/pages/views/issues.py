"""`/zh/issues`, `/zh/issues/14`: the problems and what was done about each."""

from fastapi import APIRouter, Response

from app.pages.context import FrameDep
from app.pages.listing import Shelf, explore
from app.pages.neighbours import neighbours

router = APIRouter()

SHELF = Shelf(
    path="/issues",
    facets=("category", "topic", "kind"),
    choices=(("has_metrics", ("true", "false")),),
    sorts=("number", "-measure_count", "-metric_count", "-statement_count"),
)


@router.get("/issues")
async def get_issues(frame: FrameDep) -> Response:
    """Every problem, to be narrowed."""
    return frame.render("issues.html", view=await explore(frame, SHELF))


@router.get("/issues/{number}")
async def get_issue(number: str, frame: FrameDep) -> Response:
    """One problem with all that the notice says about it."""
    issue = await frame.ask(f"/issues/{number}")
    measures = {measure["id"]: measure for measure in issue["measures"]}
    titles = frame.catalog.titles("issue", issue["notice"])
    category = frame.catalog.titles("category", issue["notice"])[issue["category_number"]]
    return frame.render(
        "issue.html",
        issue=issue,
        measures=measures,
        category=category,
        around=neighbours(sorted(titles), issue["number"]),
        name=lambda number: titles[number][frame.language != "zh"],
    )

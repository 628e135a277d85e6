"""`/zh/`, `/en/`: the overview, which answers first what the notice declares, then shows every issue."""

from typing import Any, NamedTuple

from fastapi import APIRouter, Response

from app.pages.context import PageContext, PageDep
from app.pages.route import PageRoute, reads

router = APIRouter(route_class=PageRoute)

Record = dict[str, Any]

# The collections whose totals are shown, each with a link to its page.
_COUNTED = ("measures", "metrics", "documents", "organizations")
# Figures that state a change or a share, in the order of the notice.
_NOTABLE_FIGURES = (("nature", "change"), ("nature", "growth_rate"), ("nature", "share"))
_GAPS = 4
# What the first screen answers: an indicator, the whole of which it is a part, and the gap that may limit it.
_ANSWERS = (
    ("issues_done", "issues_total", "issues.status"),
    ("persons_case_filed", None, None),
    ("persons_handled", None, "accountability.persons"),
)


class Answer(NamedTuple):
    """A declared total, with its whole if it has one, and whether the notice leaves open which things it counts."""

    indicator: str
    total: Record
    whole: Record | None
    gap: str | None


@router.get("/")
@reads()
async def get_overview(page: PageDep) -> Response:
    """Return the overview: what the notice declares, every issue by category, and where to go."""
    notice = await page.fetch("/notice")
    issues = await page.fetch_all("/issues")
    categories = await page.fetch_all("/categories")
    notable_figures = await page.fetch_all("/metrics", *_NOTABLE_FIGURES)
    notices = await page.fetch_all("/notices")
    return page.render(
        "overview.html",
        source=notice.address,
        notice=notice.content,
        answers=answers(notice.content),
        issues=issues.content,
        groups=group_by_category(issues.content, categories.content),
        accountability=await _count(page, "/measures", ("kind", "accountability")),
        totals={name: await _count(page, f"/{name}") for name in _COUNTED},
        notable_figures=notable_figures.content,
        gaps=notice.content["not_stated"][:_GAPS],
        notices=notices.content,
        change=await _latest_change(page),
    )


def answers(notice: Record) -> list[Answer]:
    """Return the totals that a notice declares of what readers ask first; none where it declares none."""
    totals, gaps = notice["totals"], {gap["field"] for gap in notice["not_stated"]}
    return [
        Answer(name, totals[name], totals.get(whole), gap if gap in gaps else None)
        for name, whole, gap in _ANSWERS
        if name in totals
    ]


def group_by_category(issues: list[Record], categories: list[Record]) -> list[tuple[Record | None, list[Record]]]:
    """Return the issues under their categories, and those without one at the end."""
    groups = [(one, [issue for issue in issues if issue["category_number"] == one["number"]]) for one in categories]
    others = [issue for issue in issues if issue["category_number"] is None]
    return [*groups, *([(None, others)] if others else [])]


async def _count(page: PageContext, path: str, *parameters: tuple[str, Any]) -> int:
    total: int = (await page.fetch(path, ("limit", 1), *parameters)).content["total"]
    return total


async def _latest_change(page: PageContext) -> Record | None:
    releases = (await page.fetch("/changes", ("limit", 1))).content["items"]
    return releases[0] if releases else None

"""`/zh/issues`, `/zh/issues/14`: the problems that the inspection found, and what was done about each."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import PageContext, PageDep
from app.pages.language import LANGUAGES
from app.pages.listing import ListConfig, adjacent, load_list
from app.pages.route import PageRoute

router = APIRouter(route_class=PageRoute)

CONFIG = ListConfig(
    path="/issues",
    facets=("category", "topic", "kind"),
    choices=(("has_metrics", ("true", "false")),),
    sorts=("number", "-measure_count", "-metric_count", "-statement_count"),
)


@router.get("/issues")
async def get_issues(page: PageDep) -> Response:
    """Return the list of issues."""
    view = await load_list(page, CONFIG)
    notice = await page.fetch_notice()
    return page.render("issues.html", source=view.source, query=view.query, view=view, notice=notice)


@router.get("/issues/{number}")
async def get_issue(number: str, page: PageDep) -> Response:
    """Return an issue with everything that the notice says about it."""
    result = await page.fetch_record("/issues", number)
    issue = result.content
    statements = await page.fetch_all("/statements", ("issue", issue["number"]), ("notice", issue["notice"]))
    related = {name: await _by_statement(page, name, issue) for name in ("documents", "organizations")}
    titles = page.catalog.titles("issue", issue["notice"])
    category_titles = page.catalog.titles("category", issue["notice"])[issue["category_number"]]
    language = LANGUAGES.index(page.language)
    return page.render(
        "issue.html",
        source=result.address,
        issue=issue,
        statements=statements.content,
        notice=await page.fetch_notice(issue["notice"]),
        measures={measure["id"]: measure for measure in issue["measures"]},
        related=related,
        category=category_titles[language],
        adjacent=adjacent(sorted(titles), issue["number"]),
        issue_title=lambda number: titles[number][language],
    )


async def _by_statement(page: PageContext, collection: str, issue: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the documents or organizations in the text of an issue, by the clauses in which they stand."""
    result = await page.fetch_all(f"/{collection}", ("issue", issue["number"]), ("notice", issue["notice"]))
    grouped: dict[str, list[dict[str, Any]]] = {}
    for record in result.content:
        for statement in dict.fromkeys(place["statement_id"] for place in record["places"]):
            grouped.setdefault(statement, []).append(record)
    return grouped

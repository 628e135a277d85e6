"""`/zh/issues`, `/zh/issues/14`: the problems that the inspection found, and what was done about each."""

import re
from itertools import pairwise, zip_longest
from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import PageContext, PageDep
from app.pages.english import load_body_names
from app.pages.highlight import Segments, highlight
from app.pages.language import LANGUAGES
from app.pages.listing import ListConfig, adjacent, load_list
from app.pages.route import PageRoute, reads
from app.queries.issues import IssueQuery

router = APIRouter(route_class=PageRoute)

Record = dict[str, Any]

_BETWEEN_CLAUSES = re.compile(r"[\s,;\uff0c。\uff1b]*")

CONFIG = ListConfig(
    path="/issues",
    facets=("category", "status", "topic", "kind"),
    choices=(("has_metrics", ("true", "false")),),
    sorts=("number", "-measure_count", "-metric_count", "-statement_count"),
    sheet=("number", "title", "problem", "topics", "text"),
)


@router.get("/issues")
@reads(query=IssueQuery)
async def get_issues(page: PageDep) -> Response:
    """Return the list of issues."""
    view = await load_list(page, CONFIG)
    notice = await page.fetch_notice()
    return page.render("issues.html", source=view.source, query=view.query, view=view, notice=notice)


@router.get("/issues/{number}")
@reads()
async def get_issue(number: str, page: PageDep) -> Response:
    """Return an issue with everything that the notice says about it."""
    result = await page.fetch_record("/issues", number)
    issue = result.content
    statements = await page.fetch_all("/statements", ("issue", issue["number"]), ("notice", issue["notice"]))
    related = {name: await _related(page, name, issue) for name in ("documents", "organizations")}
    glossary = await page.fetch_all("/glossary", ("notice", issue["notice"]))
    titles = page.catalog.titles("issue", issue["notice"])
    category_titles = page.catalog.titles("category", issue["notice"]).get(issue["category_number"])
    language = LANGUAGES.index(page.language)
    return page.render(
        "issue.html",
        source=result.address,
        issue=issue,
        statements=statements.content,
        clauses=cut_into_clauses(issue, statements.content, glossary.content),
        notice=await page.fetch_notice(issue["notice"]),
        measures={measure["id"]: measure for measure in issue["measures"]},
        related=related,
        bodies=await load_body_names(page, [issue["notice"]]),
        category=(category_titles[language] or category_titles[0]) if category_titles else None,
        adjacent=adjacent(sorted(titles), issue["number"]),
        issue_title=lambda number: titles[number][language] or titles[number][0],
    )


def _next_words(text: str, position: int) -> int:
    """Return the first position from `position` on that has neither a blank nor a mark between clauses."""
    between = _BETWEEN_CLAUSES.match(text, position)
    return between.end() if between else position


async def _related(page: PageContext, collection: str, issue: Record) -> list[Record]:
    """Return the documents or organizations in the text of an issue."""
    result = await page.fetch_all(f"/{collection}", ("issue", issue["number"]), ("notice", issue["notice"]))
    records: list[Record] = result.content
    return records


def cut_into_clauses(
    issue: Record, statements: list[Record], glossary: list[Record]
) -> list[tuple[Record | None, Segments]]:
    """Return the text of an issue, nothing left out, cut where its clauses end, with figures and terms marked.

    Labels and numbers stand with the clause that follows; what stands behind the last clause, such as a printed status,
    has no statement. A term is marked where it first stands in the issue, unless that is within a figure.
    """
    figures = [(metric["value_start"], metric["value_end"], metric) for metric in issue["metrics"]]
    terms = []
    for entry in glossary:
        places = [
            place for place in entry["places"] if issue["start"] <= place["start"] and place["end"] <= issue["end"]
        ]
        if places and not any(start < places[0]["end"] and places[0]["start"] < end for start, end, _ in figures):
            terms.append((places[0]["start"], places[0]["end"], entry))
    ends = [issue["start"] + _next_words(issue["text"], one["end"] - issue["start"]) for one in statements]
    cuts = [issue["start"], *ends, *([issue["end"]] if ends and ends[-1] < issue["end"] else [])]
    clauses: list[tuple[Record | None, Segments]] = []
    for statement, (start, end) in zip_longest(statements, pairwise(cuts)):
        text = issue["text"][start - issue["start"] : end - issue["start"]]
        inside = [one for one in (*figures, *terms) if start <= one[0] and one[1] <= end]
        clauses.append((statement, highlight(text, inside, start)))
    return clauses

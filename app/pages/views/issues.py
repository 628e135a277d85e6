"""`/zh/issues`, `/zh/issues/14`: the problems that the inspection found, and what was done about each."""

from itertools import pairwise
from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import PageContext, PageDep
from app.pages.english import load_body_names
from app.pages.highlight import Segments, highlight
from app.pages.language import LANGUAGES
from app.pages.listing import ListConfig, adjacent, load_list

router = APIRouter()

Record = dict[str, Any]

CONFIG = ListConfig(
    path="/issues",
    facets=("category", "topic", "kind"),
    choices=(("has_metrics", ("true", "false")),),
    sorts=("number", "-measure_count", "-metric_count", "-statement_count"),
    sheet=("number", "title", "problem", "topics", "text"),
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
    related = {name: await _related(page, name, issue) for name in ("documents", "organizations")}
    glossary = await page.fetch_all("/glossary", ("notice", issue["notice"]))
    titles = page.catalog.titles("issue", issue["notice"])
    # An issue may belong to no category.
    category_titles = page.catalog.titles("category", issue["notice"]).get(issue["category_number"], (None, None))
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
        category=category_titles[language],
        adjacent=adjacent(sorted(titles), issue["number"]),
        issue_title=lambda number: titles[number][language],
    )


async def _related(page: PageContext, collection: str, issue: Record) -> list[Record]:
    """Return the documents or organizations in the text of an issue."""
    result = await page.fetch_all(f"/{collection}", ("issue", issue["number"]), ("notice", issue["notice"]))
    records: list[Record] = result.content
    return records


def cut_into_clauses(issue: Record, statements: list[Record], glossary: list[Record]) -> list[tuple[Record, Segments]]:
    """Return the text of an issue, nothing left out, cut where its clauses begin, with figures and terms marked.

    A term is marked where it first stands in the issue, unless that is within a figure.
    """
    figures = [(metric["value_start"], metric["value_end"], metric) for metric in issue["metrics"]]
    terms = []
    for entry in glossary:
        places = [
            place for place in entry["places"] if issue["start"] <= place["start"] and place["end"] <= issue["end"]
        ]
        if places and not any(start < places[0]["end"] and places[0]["start"] < end for start, end, _ in figures):
            terms.append((places[0]["start"], places[0]["end"], entry))
    cuts = [issue["start"], *(statement["start"] for statement in statements[1:]), issue["end"]]
    clauses = []
    for statement, (start, end) in zip(statements, pairwise(cuts), strict=True):
        text = issue["text"][start - issue["start"] : end - issue["start"]]
        inside = [one for one in (*figures, *terms) if start <= one[0] and one[1] <= end]
        clauses.append((statement, highlight(text, inside, start)))
    return clauses

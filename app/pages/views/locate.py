"""`/zh/locate`: a form to check whether a quotation stands in the notice, with links to the places."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.api import explain_errors, get_json
from app.pages.context import PageDep
from app.pages.route import PageRoute

router = APIRouter(route_class=PageRoute)

Record = dict[str, Any]


@router.get("/locate")
async def get_locate(page: PageDep) -> Response:
    """Return the form and, if it was sent, the places of the quotation."""
    notice = await page.fetch("/notice")
    source, found = notice.address, None
    text = dict(page.query).get("text")
    if text:
        parameters = [("text", text), ("notice", notice.content["notice"])]
        source = page.api_url("/locate", *parameters)
        status, content = await get_json(page.request, "/locate", parameters)
        if status == 422:
            # The page's own message says what is allowed.
            errors = [{**error, "allowed": None} for error in content["errors"]]
            page.report(explain_errors(errors, parameters, page.messages))
        else:
            found = content
    return page.render(
        "locate.html",
        source=source,
        text=text or "",
        found=found,
        source_anchor=source_anchor,
        ranges_to_mark=ranges_to_mark,
    )


def ranges_to_mark(found: Record, place: Record) -> list[tuple[int, int, bool]]:
    """Return what to mark in the sentence of a place: what differs from the quotation, otherwise all of the match."""
    differences = [(one["start"], one["end"], True) for one in found["differences"] if one["start"] < one["end"]]
    return differences or [(place["start"], place["end"], True)]


def source_anchor(place: Record) -> str:
    """Return the anchor in the marked source for a place: a figure or a measure that it touches, else its section."""
    # Of several records of a type the first one counts.
    ids = {record["type"]: record["uid"].rpartition("/")[2] for record in reversed(place["records"])}
    section: str = place["section_id"]
    return f"metric-{ids['metric']}" if "metric" in ids else ids.get("measure", section)

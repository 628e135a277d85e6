"""`/zh/locate`: a form to check whether a quotation stands in the notice, with links to the places."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import PageDep
from app.pages.english import clauses_in_english, load_statements
from app.pages.highlight import Segments, highlight
from app.pages.route import PageRoute, reads
from app.routers.locate import LocateQuery

router = APIRouter(route_class=PageRoute)

Record = dict[str, Any]
# The answers at a glance, for those who can't tell the colours apart.
_SIGNS = {"exact": "✓", "equivalent": "✓", "near": "✗", "absent": "✗"}


@router.get("/locate")
@reads(query=LocateQuery)
async def get_locate(page: PageDep) -> Response:
    """Return the form and, if it was sent, the places of the quotation."""
    notice = await page.fetch("/notice")
    source, found, statements = notice.address, None, []
    text = dict(page.query).get("text")
    if text:
        parameters = [("text", text), ("notice", notice.content["notice"])]
        source = page.api_url("/locate", *parameters)
        status, content = await page.get_json("/locate", parameters)
        if status == 422:
            # The page's own message says what is allowed.
            errors = [{**error, "allowed": None} for error in content["errors"]]
            page.report(errors, parameters)
        else:
            found = content
            sections = [place["section_id"] for place in found["places"]]
            statements = await load_statements(page, found["notice"], sections)
    return page.render(
        "locate.html",
        source=source,
        text=text or "",
        found=found,
        ranges_to_mark=ranges_to_mark,
        asked_segments=asked_segments,
        signs=_SIGNS,
        english=lambda place: clauses_in_english(statements, place["sentence_start"], place["sentence_end"]),
    )


def ranges_to_mark(found: Record, place: Record) -> list[tuple[int, int, bool]]:
    """Return what to mark in the sentence of a place: what differs from the quotation, otherwise all of the match."""
    differences = [(one["start"], one["end"], True) for one in found["differences"] if one["start"] < one["end"]]
    return differences or [(place["start"], place["end"], True)]


def asked_segments(found: Record) -> Segments:
    """Return the words that were asked for, with those marked that stand otherwise in the notice."""
    text, ranges, done = found["text"], [], 0
    for difference in found["differences"]:
        start = text.find(difference["asked"], done) if difference["asked"] else -1
        if start >= 0:
            done = start + len(difference["asked"])
            ranges.append((start, done, True))
    return highlight(text, ranges)

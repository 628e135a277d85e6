"""`/zh/search`: words anywhere in the notice."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import Frame, FrameDep, Missing
from app.pages.highlight import pieces

router = APIRouter()

_LIMIT = 20


@router.get("/search")
async def get_search(frame: FrameDep) -> Response:
    """The passages that hold the words; without any, a place to type some."""
    q = dict(frame.given).get("q")
    found = await _found(frame) if q else None
    topics = [] if found and found["items"] else (await frame.ask("/issues/facets"))["facets"]["topic"]
    pairs = [pair for pair in frame.kept if pair[0] in ("q", "type")]
    types = [value for name, value in pairs if name == "type"]
    return frame.render("search.html", q=q, found=found, topics=topics, pairs=pairs, types=types)


async def _found(frame: Frame) -> dict[str, Any] | None:
    """A page of hits, each with its heading and its excerpt cut at the marks; None where the words can't be used."""
    limit = [] if "limit" in dict(frame.given) else [("limit", _LIMIT)]
    try:
        page: dict[str, Any] = await frame.ask("/search", *limit, given=frame.given)
    except Missing:
        return None
    for hit in page["items"]:
        inside = [(m["start"], min(m["end"], hit["excerpt_end"]), True) for m in hit["marks"]]
        hit["pieces"] = pieces(hit["excerpt"], [one for one in inside if one[0] < one[1]], hit["excerpt_start"])
        hit["cut"] = _cut(frame.catalog.text(hit["notice"]), hit["excerpt_start"], hit["excerpt_end"])
        hit["heading"] = _heading(frame, hit)
    return page


def _cut(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a paragraph goes on before and after an excerpt of it."""
    return bool(text[max(0, start - 1) : start].strip()), bool(text[end : end + 1].strip())


def _heading(frame: Frame, hit: dict[str, Any]) -> tuple[str | None, str | None]:
    """The title of the section in which the words stand, Chinese and English."""
    return frame.catalog.titles("section", hit["notice"]).get(hit["section_id"], (None, None))

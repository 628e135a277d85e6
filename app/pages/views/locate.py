"""`/zh/locate`: 核对引文, whether words stand in the notice, with links to the places."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.client import ask
from app.pages.context import Frame, FrameDep

router = APIRouter()

Record = dict[str, Any]


@router.get("/locate")
async def get_locate(frame: FrameDep) -> Response:
    """The form, and below it what was found of the words that it sent."""
    notice = await frame.ask("/notice")
    text = dict(frame.given).get("text")
    found = await _located(frame, notice["notice"], text) if text else None
    return frame.render("locate.html", notice=notice, text=text or "", found=found, anchor=anchor, marks=marks)


async def _located(frame: Frame, notice: str, text: str) -> Record | None:
    """What the API says of the words; None where it refuses them, which the page then tells."""
    parameters = [("text", text), ("notice", notice)]
    answer = await ask(frame.request, "/locate", parameters)
    frame.source = frame.api("/locate", *parameters)
    if answer.status == 422:
        # What is allowed is told in the page's own words.
        frame.slips.without(parameters, [{**error, "allowed": None} for error in answer.content["errors"]])
        return None
    found: Record = answer.content
    return found


def marks(found: Record, place: Record) -> list[tuple[int, int, bool]]:
    """What to mark in a place's sentence: the words; where they are only near, what differs from them."""
    differing = [(one["start"], one["end"], True) for one in found["differences"] if one["start"] < one["end"]]
    return differing or [(place["start"], place["end"], True)]


def anchor(place: Record) -> str:
    """Where in the marked source a place is: at a figure or a clause that it touches, else at its section."""
    ids = {record["type"]: record["uid"].partition("/")[2] for record in reversed(place["records"])}
    section: str = place["section_id"]
    return f"metric-{ids['metric']}" if "metric" in ids else ids.get("measure", section)

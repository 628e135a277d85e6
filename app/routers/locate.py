"""`/locate`: 核对原文, whether words stand in the notice."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from pydantic import Field

from app.http.parameters import TEXT_OVER_LINES, Text
from app.http.route import Route
from app.models.quotation import LocatedDifference, Location
from app.queries.passages import Surroundings
from app.queries.query import NoticeQuery
from app.queries.quotations import LONGEST, quotation_matcher
from app.routers.responses import RecordsDep

router = APIRouter(tags=["search"], route_class=Route)

STATEMENTS = {
    "exact": ("原文有这些字，一字不差。", "These words stand in the notice exactly."),
    "equivalent": (
        "原文有这些字，只是全半角、大小写、空格、标点、繁简或数字写法不同。",
        "These words stand in the notice but for width, case, blanks, punctuation, script or the writing of numerals.",
    ),
    "near": (
        "原文没有这些字；相近的文字和差别见下。",
        "These words do not stand in the notice; the nearest do, with the differences shown.",
    ),
    "absent": ("原文没有这些字，也没有相近的。", "These words do not stand in the notice, nor anything near."),
}
CAVEAT = ("这里只核对文字，不判断真假。", " This checks words, not truth.")


class LocateQuery(NoticeQuery):
    text: Annotated[str, Text(LONGEST, TEXT_OVER_LINES)] = Field(
        description="A quotation or a figure, up to 1,500 characters."
    )


@router.get("/locate", summary="Check a quotation against the source")
def locate(query: Annotated[LocateQuery, Query()], records: RecordsDep) -> Location:
    """核对原文: whether these words, or this figure, stand in the notice, where, and in which records.

    Figures are found whole only: 9项 does not stand in 29项, nor 16人 in 16人次; but 五十九项 is the same as 59项.
    Characters that are not displayed count for nothing. This checks words, not truth: that a sentence stands in the
    notice says nothing of whether it is so.
    """
    slug = query.notice
    match = quotation_matcher(records.repository, slug).match(query.text)
    statement, statement_en = map("".join, zip(STATEMENTS[match.status], CAVEAT, strict=True))
    surroundings = Surroundings(records.repository, slug, records.root)
    return Location(
        notice=slug,
        url=f"{records.root}/locate?text={quote(query.text)}&notice={slug}",
        text=query.text,
        status=match.status,
        statement=statement,
        statement_en=statement_en,
        places=[surroundings.place(*span) for span in match.places],
        differences=[LocatedDifference(**vars(difference)) for difference in match.differences],
    )

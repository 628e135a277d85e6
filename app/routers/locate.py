"""`/locate`: 核对原文, whether words stand in the notice."""

from bisect import bisect
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from pydantic import Field

from app.http.route import Route
from app.models.quotation import LocatedDifference, LocatedPlace, Location
from app.queries.filters import Quotation, present
from app.queries.pagination import NoticeQuery
from app.queries.quotations import Span
from app.queries.reader import Reader, ReaderDep
from app.routers.links import link, passages

router = APIRouter(tags=["search"], route_class=Route)

# Where a section begins: at its number, at its title, or at its first words.
_FIRST = "coalesce(marker_start, title_start, start)"

STATEMENTS = {
    "exact": ("原文有这些字,一字不差。", "These words stand in the notice exactly."),
    "equivalent": (
        "原文有这些字,只是全半角、大小写、空格或标点不同。",
        "These words stand in the notice but for width, case, blanks or punctuation.",
    ),
    "near": (
        "原文没有这些字;相近的文字和差别见下。",
        "These words do not stand in the notice; the nearest do, with the differences shown.",
    ),
    "absent": ("原文没有这些字,也没有相近的。", "These words do not stand in the notice, nor anything near."),
}
CAVEAT = ("这里只核对文字,不判断真假。", " This checks words, not truth.")


class LocateQuery(NoticeQuery):
    text: Quotation = Field(description="A quotation or a figure, up to 1,500 characters.")


@router.get("/locate", summary="Check a quotation against the source")
def locate(query: Annotated[LocateQuery, Query()], reader: ReaderDep) -> Location:
    """核对原文: whether these words, or this figure, stand in the notice, where, and in which records.

    Numbers are found whole only: 9项 does not stand in 39项, nor 47条 in 147条. This checks words, not truth: that a
    sentence stands in the notice says nothing of whether it is so.
    """
    slug = reader.notice(query.notice)
    located = reader.catalog.locator(slug).locate(query.text)
    statement, statement_en = map("".join, zip(STATEMENTS[located.status], CAVEAT, strict=True))
    around = _Surroundings(reader, slug)
    return Location(
        notice=slug,
        url=f"{reader.root}/locate?text={quote(query.text)}&notice={slug}",
        text=query.text,
        status=located.status,
        statement=statement,
        statement_en=statement_en,
        places=[around.place(span) for span in located.places],
        differences=[LocatedDifference(**vars(difference)) for difference in located.differences],
    )


class _Surroundings:
    """What stands around the places of one notice, read once however many places there are."""

    def __init__(self, reader: Reader, notice: str) -> None:
        self.reader, self.text = reader, reader.catalog.text(notice)
        self.passages = passages(reader, reader.select("passage", notice))
        starts = reader.select("section", notice).where(present(_FIRST, True))
        self.sections = sorted(reader.fetch(starts, f"{_FIRST}, id"))

    def place(self, span: Span) -> LocatedPlace:
        start, end = span
        first, last = self._sentence(start, end)
        records = [p for p in self.passages if p.type != "section" and p.start < end and start < p.end]
        return LocatedPlace(
            start=start,
            end=end,
            text=self.text[start:end],
            sentence=self.text[first:last],
            sentence_start=first,
            sentence_end=last,
            section_id=self.sections[max(0, bisect(self.sections, (start, "\uffff")) - 1)][1],
            issue_number=next((int(p.id) for p in records if p.type == "issue"), None),
            records=[link(self.reader, passage) for passage in records],
        )

    def _sentence(self, start: int, end: int) -> Span:
        """From the 。 or line end before the place to the 。 or line end after it, blanks left out."""
        first = max(self.text.rfind(mark, 0, start) for mark in "。\n") + 1
        ends = [place for mark in "。\n" if (place := self.text.find(mark, end - 1)) >= 0]
        last = min(ends, default=len(self.text) - 1) + 1
        stretch = self.text[first:last]
        return last - len(stretch.lstrip()), first + len(stretch.rstrip())

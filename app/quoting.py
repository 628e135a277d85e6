"""Quoting: whether words stand in a notice, put together with the sentence, section and records around each place."""

from bisect import bisect
from urllib.parse import quote

from sqlmodel import col, func, select

from app.links import link
from app.locating import Span
from app.models.location import LocatedDifference, LocatedPlace, Location
from app.models.passage import PassageRow
from app.models.section import SectionRow
from app.reader import Reader

# Where a section begins: at its number, at its title, or at its first words.
_FIRST = func.coalesce(SectionRow.marker_start, SectionRow.title_start, SectionRow.start)

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


def located(reader: Reader, notice: str, text: str) -> Location:
    """Whether, where and how a text stands in a notice."""
    found = reader.known.locator(notice).locate(text)
    statement, statement_en = map("".join, zip(STATEMENTS[found.status], CAVEAT, strict=True))
    around = _Surroundings(reader, notice)
    return Location(
        notice=notice,
        url=f"{reader.root}/locate?text={quote(text)}&notice={notice}",
        text=text,
        status=found.status,
        statement=statement,
        statement_en=statement_en,
        places=[around.place(span) for span in found.places],
        differences=[LocatedDifference(**vars(difference)) for difference in found.differences],
    )


class _Surroundings:
    """What stands around the places of one notice, read once however many places there are."""

    def __init__(self, reader: Reader, notice: str) -> None:
        self.reader, self.text = reader, reader.known.texts[notice]
        chosen = select(PassageRow).where(PassageRow.notice == notice).order_by(col(PassageRow.rowid))
        self.passages = list(reader.session.exec(chosen))
        starts = select(_FIRST, SectionRow.id).where(SectionRow.notice == notice, _FIRST.is_not(None)).order_by(_FIRST)
        self.sections = [(start, id) for start, id in reader.session.connection().execute(starts)]

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

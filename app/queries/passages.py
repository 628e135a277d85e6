"""Passages: the stretches of source text that records stand on, and the records that stand there."""

from bisect import bisect
from typing import NamedTuple

from sqlalchemy import func

from app.database.repository import Repository
from app.database.select import Select, is_null, table_of
from app.models.passage import PassageRow
from app.models.quotation import LocatedPlace
from app.models.search_hit import RecordLink, RecordType
from app.models.section import SectionRow

PASSAGE = table_of(PassageRow)
_SECTION = table_of(SectionRow)
# Where a section begins: at its number, at its title, or at its first words.
_BEGINNING = func.coalesce(_SECTION.c.marker_start, _SECTION.c.title_start, _SECTION.c.start)


class Passage(NamedTuple):
    """A record as search sees it."""

    type: RecordType
    notice: str
    id: str
    section_id: str
    label: str
    label_en: str | None
    start: int
    end: int

    def link(self, root: str) -> RecordLink:
        """Return the record's name and address under a mount."""
        return RecordLink(
            type=self.type,
            uid=f"{self.notice}/{self.type}s/{self.id}",
            url=f"{root}/{self.type}s/{self.id}?notice={self.notice}",
            label=self.label,
            label_en=self.label_en,
        )


def read_passages(repository: Repository, select: Select) -> list[Passage]:
    """Return the passages of a select."""
    columns = (PASSAGE.c[name] for name in Passage._fields)
    return [Passage(*row) for row in repository.database.fetch(select, *columns)]


class Surroundings:
    """What stands around places of one notice, read once however many places there are."""

    def __init__(self, repository: Repository, notice: str, root: str) -> None:
        self.text, self.root = repository.catalog.text(notice), root
        self.passages = read_passages(repository, Select.rows(PASSAGE, notice))
        sections = Select.rows(_SECTION, notice).where(is_null(_BEGINNING, False))
        self.sections = sorted(repository.database.fetch(sections, _BEGINNING, _SECTION.c.id))

    def place(self, start: int, end: int) -> LocatedPlace:
        """Return a place with its sentence, its section and the records that stand on it."""
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
            records=[passage.link(self.root) for passage in records],
        )

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """From the 。 or line end before the place to the 。 or line end after it, without blanks at the ends."""
        first = max(self.text.rfind(mark, 0, start) for mark in "。\n") + 1
        ends = [place for mark in "。\n" if (place := self.text.find(mark, end - 1)) >= 0]
        last = min(ends, default=len(self.text) - 1) + 1
        stretch = self.text[first:last]
        return last - len(stretch.lstrip()), first + len(stretch.rstrip())

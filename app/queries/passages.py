"""Passages: the stretches of source text that records stand on, and the records that stand there."""

from bisect import bisect
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import case, func

from app.database.repository import Repository
from app.database.select import Column, Select, is_null, rowid, table_of
from app.models.issue import IssueRow
from app.models.metric import MetricRow
from app.models.passage import PassageRow
from app.models.quotation import LocatedPlace
from app.models.search_hit import RecordLink, RecordType
from app.models.section import SectionRow
from app.models.statement import StatementRow

PASSAGE = table_of(PassageRow)
_SECTION, _ISSUE = table_of(SectionRow), table_of(IssueRow)
_STATEMENT, _METRIC = table_of(StatementRow), table_of(MetricRow)
_BEGIN = 24  # characters of a section's text that stand for a title
# Where a section begins: at its number, at its title, or at its first words.
_BEGINNING = func.coalesce(_SECTION.c.marker_start, _SECTION.c.title_start, _SECTION.c.start)


class Passage(NamedTuple):
    """A record as search sees it."""

    rowid: int
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
    return [Passage(*row) for row in repository.database.fetch(select, *COLUMNS)]


def _label(section: Column, issue: Column, measure: Column, metric: Column) -> Column:
    """Return the expression of a passage's label, which is a column of its record."""
    labels = {"section": section, "issue": issue, "measure": measure, "metric": metric}
    tables = (_SECTION, _ISSUE, _STATEMENT, _METRIC)
    return case(
        {
            type: sqlalchemy.select(label).select_from(table).where(rowid(table) == PASSAGE.c.record).scalar_subquery()
            for (type, label), table in zip(labels.items(), tables, strict=True)
        },
        value=PASSAGE.c.type,
    )


_LABELS: dict[str, Column] = {
    "label": _label(
        func.coalesce(_SECTION.c.title, func.substr(_SECTION.c.text, 1, _BEGIN)),
        _ISSUE.c.title,
        _STATEMENT.c.text,
        _METRIC.c.label,
    ),
    "label_en": _label(_SECTION.c.title_en, _ISSUE.c.title_en, _STATEMENT.c.text_en, _METRIC.c.label_en),
}

# The columns of a `Passage`.
COLUMNS: tuple[Column, ...] = tuple(PASSAGE.c[name] if name in PASSAGE.c else _LABELS[name] for name in Passage._fields)


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

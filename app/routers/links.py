"""Links from the passages that are found to the records that they are of."""

from typing import NamedTuple

from app.database.select import Selection
from app.models.search_hit import RecordLink, RecordType
from app.queries.reader import Reader


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


def passages(reader: Reader, chosen: Selection) -> list[Passage]:
    """The passages of a selection."""
    return [Passage(*row) for row in reader.fetch(chosen, ", ".join(Passage._fields))]


def link(reader: Reader, passage: Passage) -> RecordLink:
    """The record that a passage is of."""
    return RecordLink(
        type=passage.type,
        uid=f"{passage.notice}/{passage.id}",
        url=f"{reader.root}/{passage.type}s/{passage.id}?notice={passage.notice}",
        label=passage.label,
        label_en=passage.label_en,
    )

"""Links from what is found to the records there."""

from typing import cast

from app.models.hit import RecordLink, RecordType
from app.models.passage import PassageRow
from app.reader import Reader


def link(reader: Reader, passage: PassageRow) -> RecordLink:
    """The record that a passage is of."""
    return RecordLink(
        type=cast(RecordType, passage.type),
        uid=f"{passage.notice}/{passage.id}",
        url=f"{reader.root}/{passage.type}s/{passage.id}?notice={passage.notice}",
        label=passage.label,
        label_en=passage.label_en,
    )

"""`/glossary`: terms that a foreign reader can't know."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import col, select

from app.known import ALL
from app.models.glossary import GlossaryEntry, GlossaryEntryRow, Occurrence, OccurrenceRow
from app.pagination import ListQuery, Page, PageQuery
from app.reader import Reader, ReaderDep
from app.routers.keys import GlossaryEntryId

router = APIRouter(prefix="/glossary", tags=["glossary"])

_ENTRIES = select(GlossaryEntryRow).order_by(col(GlossaryEntryRow.position))


class GlossaryPage(Page[GlossaryEntry]):
    """Some entries."""


@router.get("", summary="List the glossary")
def list_glossary(query: Annotated[PageQuery, Query()], reader: ReaderDep) -> GlossaryPage:
    """Shorthand, institutions and campaigns that stand in the notice, explained, in the order of their pinyin.

    Shared by all notices: of the default notice unless another, or `all`, is asked for. Definitions are ours and
    unofficial; what is not certain is marked `uncertain`, and its note says what. `places` are ready for marking terms
    in `/source.txt`: no two overlap.
    """
    chosen = _ENTRIES
    if query.notice != ALL:
        here = select(OccurrenceRow.entry_id).where(OccurrenceRow.notice == reader.notice(query.notice))
        chosen = chosen.where(col(GlossaryEntryRow.id).in_(here))
    rows = list(reader.session.exec(chosen.limit(query.limit).offset(query.offset)))
    items = _entries(reader, rows, query.notice)
    return reader.enveloped(GlossaryPage, items, reader.count(chosen), query)


@router.get("/{id}", summary="Get a glossary entry")
def get_glossary_entry(id: GlossaryEntryId, query: Annotated[ListQuery, Query()], reader: ReaderDep) -> GlossaryEntry:
    """One term by its id, with its places in the notice asked for; none where it does not stand in that one."""
    row = reader.find(_ENTRIES, col(GlossaryEntryRow.id), id, "glossary entry")
    return _entries(reader, [row], query.notice)[0]


def _entries(reader: Reader, rows: Sequence[GlossaryEntryRow], notice: str | None) -> list[GlossaryEntry]:
    """The public form of some entries, each with its places."""
    places: dict[str, list[Occurrence]] = {row.id: [] for row in rows}
    for occurrence in reader.session.exec(
        reader.select(OccurrenceRow, notice).where(col(OccurrenceRow.entry_id).in_(places))
    ):
        places[occurrence.entry_id].append(Occurrence.model_validate(occurrence))
    return [
        GlossaryEntry.model_validate(row, update={"url": f"{reader.root}/glossary/{row.id}", "places": places[row.id]})
        for row in rows
    ]

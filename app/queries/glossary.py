"""The glossary: entries, each with its places in the notice that is asked for."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from app.database.record_json import json_object
from app.database.repository import Repository
from app.database.select import ALL, Row, Select, in_, in_select, table_of
from app.http.mount import expand_urls
from app.models.glossary import Explanation, GlossaryEntry, GlossaryEntryRow, Occurrence, OccurrenceRow
from app.models.record import MOUNT
from app.queries.query import FIELDS, ListQuery, Names, PageQuery, field_names, with_arrays

_ENTRY, _OCCURRENCE = table_of(GlossaryEntryRow), table_of(OccurrenceRow)
_COLUMNS = (_ENTRY.c.id, json_object(Explanation, _ENTRY, url=f"{MOUNT}/glossary/{{id}}"))
_PLACE = json_object(Occurrence, _OCCURRENCE)


class GlossaryQuery(PageQuery):
    fields: list[Annotated[Names, field_names(GlossaryEntry)]] = Field([], description=FIELDS)


class GlossaryRecordQuery(ListQuery):
    fields: list[Annotated[Names, field_names(GlossaryEntry)]] = Field([], description=FIELDS)


def read_entries(repository: Repository, notice: str, limit: int, offset: int, root: str) -> tuple[list[str], int]:
    """Return the JSON of some of the terms that stand in a notice, or in any, and how many there are."""
    entries = Select(_ENTRY)
    if notice != ALL:
        entries = entries.where(in_select(_ENTRY.c.id, Select.rows(_OCCURRENCE, notice), _OCCURRENCE.c.entry_id))
    rows, total = repository.database.fetch_page(entries, *_COLUMNS, limit=limit, offset=offset)
    return _with_places(repository, rows, notice, root), total


def read_entry(repository: Repository, id: str, notice: str, root: str) -> str | None:
    """Return the JSON of one entry; None if there is none with this id."""
    row = repository.find(Select(_ENTRY), _ENTRY.c.id, id, *_COLUMNS)
    return None if row is None else _with_places(repository, [row], notice, root)[0]


def entry_ids(repository: Repository) -> list[str]:
    """Return the ids of all entries."""
    return repository.keys(Select(_ENTRY), _ENTRY.c.id)


def _with_places(repository: Repository, rows: Sequence[Row], notice: str, root: str) -> list[str]:
    places: dict[str, list[str]] = {id: [] for id, _ in rows}
    if places:
        occurrences = Select.rows(_OCCURRENCE, notice).where(in_(_OCCURRENCE.c.entry_id, places))
        for id, place in repository.database.fetch(occurrences, _OCCURRENCE.c.entry_id, _PLACE):
            places[id].append(place)
    return [with_arrays(expand_urls(text, root), {"places": places[id]}) for id, text in rows]

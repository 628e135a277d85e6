"""`/glossary`: terms that a foreign reader can't know."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.exports.table import Record
from app.http.errors import not_found
from app.http.route import JSONText, Route
from app.models.decimal import parse_json
from app.models.glossary import GlossaryEntry
from app.queries.glossary import GlossaryQuery, GlossaryRecordQuery, entry_ids, read_entries, read_entry
from app.queries.query import Page, flatten, only_fields
from app.routers.exports import MOST_ROWS, add_exports
from app.routers.responses import Records, RecordsDep

router = APIRouter(prefix="/glossary", tags=["glossary"], route_class=Route)
GlossaryEntryId = Annotated[str, Path(description="The entry's id.")]


class GlossaryPage(Page[GlossaryEntry]):
    """Some entries."""


@router.get("", summary="List the glossary", response_model=GlossaryPage)
def list_glossary(query: Annotated[GlossaryQuery, Query()], records: RecordsDep) -> Response:
    """Shorthand, institutions and campaigns that stand in the notice, explained, in the order of their pinyin.

    Shared by all notices: of the default notice unless another, or `all`, is asked for. Definitions are ours and
    unofficial; what is not certain is marked `uncertain`, and its note says what. `places` are ready for marking terms
    in `/source.txt`: no two overlap.
    """
    root, names = records.root, flatten(query.fields)
    items, total = read_entries(records.repository, query.notice, query.limit, query.offset, root)
    return records.page([only_fields(item, names) for item in items], total, query)


@router.get("/{id}", summary="Get a glossary entry", response_model=GlossaryEntry)
def get_glossary_entry(
    id: GlossaryEntryId, query: Annotated[GlossaryRecordQuery, Query()], records: RecordsDep
) -> Response:
    """One term by its id, with its places in the notice asked for; none where it does not stand in that one."""
    entry = read_entry(records.repository, id, query.notice, records.root)
    if entry is None:
        raise not_found("id", id, "glossary entry", entry_ids(records.repository))
    return JSONText(only_fields(entry, flatten(query.fields)))


def _read(query: GlossaryQuery, records: Records) -> tuple[list[Record], int]:
    root = records.root
    items, total = read_entries(records.repository, query.notice, query.limit or MOST_ROWS, query.offset, root)
    return [parse_json(item) for item in items], total


add_exports(router, "", GlossaryEntry, GlossaryQuery, _read)

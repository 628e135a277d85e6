"""`/glossary`: terms that a foreign reader can't know."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.database.catalog import ALL
from app.database.select import Condition, Selection
from app.http.route import Route
from app.models.glossary import Explanation, GlossaryEntry, Occurrence
from app.queries.filters import among, within
from app.queries.pagination import ListQuery, Page, PageQuery
from app.queries.reader import Reader, ReaderDep, answer, extended
from app.routers.dependencies import GlossaryEntryId

router = APIRouter(prefix="/glossary", tags=["glossary"], route_class=Route)

_ENTRIES = Selection(Explanation.table)
_STANDING = f"select entry_id from {Occurrence.table} where notice = ?"


class GlossaryPage(Page[GlossaryEntry]):
    """Some entries."""


@router.get("", summary="List the glossary", response_model=GlossaryPage)
def list_glossary(query: Annotated[PageQuery, Query()], reader: ReaderDep) -> Response:
    """Shorthand, institutions and campaigns that stand in the notice, explained, in the order of their pinyin.

    Shared by all notices: of the default notice unless another, or `all`, is asked for. Definitions are ours and
    unofficial; what is not certain is marked `uncertain`, and its note says what. `places` are ready for marking terms
    in `/source.txt`: no two overlap.
    """
    chosen = _ENTRIES
    if query.notice != ALL:
        chosen = chosen.where(within("id", Condition(_STANDING, (reader.notice(query.notice),))))
    sql = f"{chosen.sql('id, public_json')} limit ? offset ?"
    rows = reader.database.fetch(sql, [*chosen.values, reader.most(query), query.offset])
    return reader.listed(GlossaryEntry, _entries(reader, rows, query.notice), reader.count(chosen), query)


@router.get("/{id}", summary="Get a glossary entry", response_model=GlossaryEntry)
def get_glossary_entry(id: GlossaryEntryId, query: Annotated[ListQuery, Query()], reader: ReaderDep) -> Response:
    """One term by its id, with its places in the notice asked for; none where it does not stand in that one."""
    row = reader.find(_ENTRIES, "id, public_json", "id", id, "glossary entry")
    return answer(_entries(reader, [row], query.notice)[0])


def _entries(reader: Reader, rows: list[tuple[Any, ...]], notice: str | None) -> list[str]:
    """Entries as JSON, each with its places in the notice asked for."""
    if not rows:
        return []
    places: dict[str, list[str]] = {id: [] for id, _ in rows}
    occurrences = reader.select(Occurrence.table, notice).where(among("entry_id", list(places)))
    for id, place in reader.fetch(occurrences, "entry_id, public_json"):
        places[id].append(place)
    return [extended(reader.placed(text), {"places": places[id]}) for id, text in rows]

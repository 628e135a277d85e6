"""`/search`: words anywhere in the notice."""

from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from app.database.select import Condition, Selection
from app.http.route import Route
from app.models.search_hit import Hit, Place, RecordType
from app.queries.filters import Words, among, within
from app.queries.pagination import Page, PageQuery
from app.queries.reader import Reader, ReaderDep
from app.queries.search import matching
from app.routers.links import Passage, link, passages

router = APIRouter(tags=["search"], route_class=Route)

_TOGETHER = 200  # hits that are read together
_AROUND = 40  # characters of the source before the first mark; twice as many from it on


class SearchQuery(PageQuery):
    q: Words = Field(description="Words to find, blanks between them; each as it stands, whatever its width or case.")
    type: list[RecordType] = Field([], description="Only records of these types.")


class HitPage(Page[Hit]):
    """Some hits."""


@router.get("/search", summary="Find words", response_model=HitPage)
async def search(query: Annotated[SearchQuery, Query()], reader: ReaderDep) -> Response:
    """Every passage of the notice in which the words stand: Chinese, Latin or digits, from one character on.

    Words are found as they stand (消防 in 消防安全), whatever their width or case; all must stand within one record:
    a section's own paragraphs; an issue's title and text; a measure's text; a metric's sentence and label. Records on
    one passage are one hit. Hits in a title or label come first, then those with more records, then the notice's order.
    `marks` are places in `/source.txt`.
    """
    return await reader.run(query.notice, _search, reader, query)


def _search(reader: Reader, query: SearchQuery) -> Response:
    chosen = _passages(reader, query)
    titled = matching(query.q, "title", reader.scope(query.notice).passages)
    groups = f"{chosen.unordered('notice, section_id')} group by notice, section_id"
    ranked = f"{groups} order by max(rowid in ({titled.sql})) desc, count(*) desc, min(rowid) limit ? offset ?"
    values = [*chosen.values, *titled.values, reader.most(query), query.offset]
    keys = reader.database.fetch(ranked, values)
    ((total,),) = reader.database.fetch(f"select count(*) from ({groups})", chosen.values)
    batches = (keys[place : place + _TOGETHER] for place in range(0, len(keys), _TOGETHER))
    hits = (hit.model_dump_json() for batch in batches for hit in _hits(reader, query.q, batch, chosen))
    return reader.listed(Hit, hits, total, query)


def _passages(reader: Reader, query: SearchQuery) -> Selection:
    """The passages that hold every word, of the notice and the types asked for."""
    chosen = reader.select("passage", query.notice)
    found = matching(query.q, own=reader.scope(query.notice).passages)
    return chosen.where(within("rowid", found), among("type", query.type))


def _hits(reader: Reader, words: str, keys: list[tuple[Any, ...]], chosen: Selection) -> list[Hit]:
    """A hit for each notice and section, in the order given."""
    here = Condition(f"(notice, section_id) in (values {', '.join(['(?, ?)'] * len(keys))})", tuple(chain(*keys)))
    grouped: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages(reader, chosen.where(here)):
        grouped.setdefault((passage.notice, passage.section_id), []).append(passage)
    return [_hit(reader, words, notice, section, grouped[notice, section]) for notice, section in keys]


def _hit(reader: Reader, words: str, notice: str, section: str, passages: list[Passage]) -> Hit:
    start, end = min(p.start for p in passages), max(p.end for p in passages)
    text = reader.catalog.text(notice)
    marks = reader.catalog.folded(notice, start, end).marks(words)
    places = [Place(start=start + first, end=start + last) for first, last in marks]
    first = places[0].start if places else start
    begin, finish = max(start, first - _AROUND), min(end, first + 2 * _AROUND)
    return Hit(
        notice=notice,
        uid=f"{notice}/{section}",
        url=f"{reader.root}/sections/{section}?notice={notice}",
        section_id=section,
        issue_number=next((int(p.id) for p in passages if p.type == "issue"), None),
        excerpt=text[begin:finish],
        excerpt_start=begin,
        excerpt_end=finish,
        marks=places,
        records=[link(reader, passage) for passage in passages],
    )

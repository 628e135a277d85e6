"""`/search`: words anywhere in the notice."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from sqlmodel import col, func, select, tuple_

from app.filters import Words
from app.known import ALL
from app.models.hit import Hit, Place, RecordType
from app.models.passage import PassageRow
from app.pagination import Page, PageQuery
from app.reader import Reader, ReaderDep
from app.routers.links import link
from app.search import marks, matching

router = APIRouter(tags=["search"])

_AROUND = 40  # characters of the source before the first mark; twice as many from it on


class SearchQuery(PageQuery):
    q: Words = Field(description="Words to find, blanks between them; each as it stands, whatever its width or case.")
    type: list[RecordType] = Field([], description="Only records of these types.")


class HitPage(Page[Hit]):
    """Some hits."""


@router.get("/search", summary="Find words")
def search(query: Annotated[SearchQuery, Query()], reader: ReaderDep) -> HitPage:
    """Every passage of the notice in which the words stand: Chinese, Latin or digits, from one character on.

    Words are found as they stand (消防 in 消防安全), whatever their width or case; all must stand within one record:
    a section's own paragraphs; an issue's title and text; a measure's text; a metric's sentence and label. Records on
    one passage are one hit. Hits in a title or label come first, then those with more records, then the notice's order.
    `marks` are places in `/source.txt`.
    """
    records = _records(reader, query)
    groups = select(PassageRow.notice, PassageRow.section_id).where(col(PassageRow.rowid).in_(records))
    groups = groups.group_by(PassageRow.notice, PassageRow.section_id)
    titled = func.max(col(PassageRow.rowid).in_(matching(query.q, "title")))
    ranked = groups.order_by(titled.desc(), func.count().desc(), func.min(PassageRow.rowid))
    keys = list(reader.session.exec(ranked.limit(query.limit).offset(query.offset)))
    total = reader.session.exec(select(func.count()).select_from(groups.subquery())).one()
    return reader.enveloped(HitPage, _hits(reader, query.q, keys, records), total, query)


def _records(reader: Reader, query: SearchQuery) -> Any:
    """The rowids of the passages that hold every word, of the notice and the types asked for."""
    chosen = select(PassageRow.rowid).where(col(PassageRow.rowid).in_(matching(query.q)))
    if query.notice != ALL:
        chosen = chosen.where(PassageRow.notice == reader.notice(query.notice))
    return chosen.where(col(PassageRow.type).in_(query.type)) if query.type else chosen


def _hits(reader: Reader, words: str, keys: list[tuple[str, str]], records: Any) -> list[Hit]:
    """A hit for each notice and section, in the order given."""
    here = tuple_(PassageRow.notice, PassageRow.section_id).in_(keys)
    passages = select(PassageRow).where(here, col(PassageRow.rowid).in_(records)).order_by(col(PassageRow.rowid))
    grouped: dict[tuple[str, str], list[PassageRow]] = {}
    for passage in reader.session.exec(passages):
        grouped.setdefault((passage.notice, passage.section_id), []).append(passage)
    return [_hit(reader, words, *key, grouped[key]) for key in keys]


def _hit(reader: Reader, words: str, notice: str, section: str, passages: list[PassageRow]) -> Hit:
    start, end = min(p.start for p in passages), max(p.end for p in passages)
    text = reader.known.texts[notice]
    places = [Place(start=start + first, end=start + last) for first, last in marks(text[start:end], words)]
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

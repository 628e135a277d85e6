"""Hits: the passages of notices that hold the words of a query, grouped by section and ranked."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Annotated, Any

import sqlalchemy
from pydantic import Field
from sqlalchemy import Integer, cast, func, tuple_

from app.database.catalog import NoticeScope
from app.database.repository import Repository
from app.database.select import (
    Bound,
    Clause,
    ClauseShape,
    Column,
    Condition,
    Parameters,
    Select,
    Shape,
    in_,
    padded,
    rowid,
    unordered,
)
from app.database.statements import Build, totals
from app.http.parameters import Choice
from app.models.search_hit import Hit, Place, RecordType
from app.queries.filters import Words
from app.queries.passages import PASSAGE, Passage, read_passages
from app.queries.query import FIELDS, Names, PageQuery, field_names
from app.queries.search import TITLE, holds_words, normalized

MOST_HITS = 1_000_000  # in a file
_BATCH = 200  # hits whose records are read together
_CONTEXT = 40  # characters of the source before the first highlight; twice as many from it on

Key = tuple[str, str]  # notice and section


class SearchQuery(PageQuery):
    q: Words = Field(description="Words to find, blanks between them; each as it stands, whatever its width or case.")
    type: list[Annotated[RecordType, Choice("RecordType", ("section", "issue", "measure", "metric"))]] = Field(
        [], description="Only records of these types."
    )
    fields: list[Annotated[Names, field_names(Hit)]] = Field([], description=FIELDS)


def select_passages(query: SearchQuery, repository: Repository) -> Select:
    """Select the passages that hold every word of a query."""
    found = holds_words(query.q, NoticeScope(query.notice, repository.catalog))
    passages = Select.rows(PASSAGE, query.notice).where(found)
    return passages.where(in_(PASSAGE.c.type, query.type)) if query.type else passages


def count_hits(repository: Repository, passages: Select) -> int:
    """Return in how many sections passages stand."""
    ((count,),) = repository.database.fetch(passages, build=_count_sections)
    return int(count)


def read_hits(query: SearchQuery, repository: Repository, passages: Select, root: str) -> Iterator[Hit]:
    """Yield the hits that a query asks for: those in titles first, then those with more records, then in order."""
    titled = holds_words(query.q, NoticeScope(query.notice, repository.catalog), TITLE)
    limit = MOST_HITS if query.limit is None else query.limit
    values = (*titled.values, limit, query.offset)
    found = repository.database.fetch(passages, build=_ranked(titled.shape), more=values) if titled.values else []
    for start in range(0, len(found), _BATCH):
        keys: list[Key] = [(notice, section) for notice, section in found[start : start + _BATCH]]
        yield from _hits(query.q, repository, passages, keys, root)


def _hits(words: str, repository: Repository, passages: Select, keys: list[Key], root: str) -> Iterator[Hit]:
    here = Clause(_in_sections, (), tuple(value for key in padded(keys) for value in key))
    grouped: dict[Key, list[Passage]] = {}
    for passage in read_passages(repository, passages.where(here)):
        grouped.setdefault((passage.notice, passage.section_id), []).append(passage)
    return (_hit(words, repository, *key, grouped[key], root) for key in keys)


def _hit(words: str, repository: Repository, notice: str, section: str, passages: list[Passage], root: str) -> Hit:
    start, end = min(p.start for p in passages), max(p.end for p in passages)
    text = repository.catalog.text(notice)
    found = normalized(text[start:end]).highlights(words)
    places = [Place(start=start + first, end=start + last) for first, last in found]
    first = places[0].start if places else start
    begin, finish = max(start, first - _CONTEXT), min(end, first + 2 * _CONTEXT)
    return Hit(
        notice=notice,
        uid=f"{notice}/search/{section}",
        url=f"{root}/sections/{section}?notice={notice}",
        section_id=section,
        issue_number=next((int(p.id) for p in passages if p.type == "issue"), None),
        excerpt=text[begin:finish],
        excerpt_start=begin,
        excerpt_end=finish,
        marks=places,
        records=[passage.link(root) for passage in passages],
    )


def _count_sections(shape: Shape, _: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    sections = totals(shape, (PASSAGE.c.notice, PASSAGE.c.section_id), parameters).subquery("sections")
    return sqlalchemy.select(func.count()).select_from(sections)


@cache  # one function for a shape, since statements are compiled once for a function
def _ranked(titled: ClauseShape) -> Build:
    """Return what selects the sections of passages, ranked; `titled` is the shape of the clause that finds titles."""
    condition, arguments, size = titled

    def build(shape: Shape, _: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
        sections = (PASSAGE.c.notice, PASSAGE.c.section_id)
        grouped = unordered(shape, sections, parameters).group_by(*sections)
        in_title = func.max(cast(condition(*arguments, *islice(parameters, size)), Integer))
        ranked = grouped.order_by(in_title.desc(), func.count().desc(), func.min(rowid(PASSAGE)))
        return ranked.limit(next(parameters)).offset(next(parameters))

    return build


def _in_sections(*values: Bound) -> Condition:
    """The passage stands in one of some sections, each given by its notice and its id."""
    return tuple_(PASSAGE.c.notice, PASSAGE.c.section_id).in_(
        [tuple_(*pair) for pair in zip(values[::2], values[1::2], strict=True)]
    )

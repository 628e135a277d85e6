"""Hits: the passages of notices that hold the words of a query, grouped by section and ranked."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

import sqlalchemy
from pydantic import Field
from sqlalchemy import func, tuple_

from app.database.catalog import ALL
from app.database.clauses import Bound, Clause, Column, Condition, in_, padded
from app.database.repository import Repository
from app.database.select import Parameters, Select, Shape, rowid, totals, unordered
from app.http.parameters import Choice
from app.models.search_hit import Hit, Place, RecordType
from app.queries.fields import FIELDS, Names, field_names
from app.queries.filters import Words
from app.queries.pagination import PageQuery
from app.queries.passages import PASSAGE, Passage, read_passages
from app.queries.search import TITLE, holds_words, matched, normalized

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
    found = holds_words(query.q, repository.scope(query.notice))
    passages = repository.rows(PASSAGE, query.notice).where(found)
    return passages.where(in_(PASSAGE.c.type, query.type)) if query.type else passages


def count_hits(repository: Repository, passages: Select) -> int:
    """Return in how many sections passages stand."""
    ((count,),) = repository.database.fetch(passages, build=_count_sections)
    return int(count)


def read_hits(query: SearchQuery, repository: Repository, passages: Select, root: str) -> Iterator[Hit]:
    """Yield the hits that a query asks for: those in titles first, then those with more records, then in order."""
    titled = holds_words(query.q, repository.scope(query.notice), TITLE)
    ranked = _ranked_in_all if query.notice == ALL else _ranked_in_one
    limit = MOST_HITS if query.limit is None else query.limit
    values = (*titled.values, limit, query.offset)
    found = repository.database.fetch(passages, build=ranked, more=values) if titled.values else []
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


def _ranked_in_one(shape: Shape, _: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    return _ranked(shape, parameters, 3)


def _ranked_in_all(shape: Shape, _: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    return _ranked(shape, parameters, 1)


def _ranked(shape: Shape, parameters: Parameters, size: int) -> sqlalchemy.Select[Any]:
    """Select the sections of passages, ranked; after the values of the clauses come those that find titles."""
    sections = (PASSAGE.c.notice, PASSAGE.c.section_id)
    grouped = unordered(shape, sections, parameters).group_by(*sections)
    row = rowid(PASSAGE)
    in_title = func.max(matched(row, *islice(parameters, size)))
    ranked = grouped.order_by(in_title.desc(), func.count().desc(), func.min(row))
    return ranked.limit(next(parameters)).offset(next(parameters))


def _in_sections(*values: Bound) -> Condition:
    """The passage stands in one of some sections, each given by its notice and its id."""
    return tuple_(PASSAGE.c.notice, PASSAGE.c.section_id).in_(
        [tuple_(*pair) for pair in zip(values[::2], values[1::2], strict=True)]
    )

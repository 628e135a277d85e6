"""Hits: the passages of notices that hold the words of a query, grouped by section and ranked."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated, Any

import sqlalchemy
from pydantic import Field
from sqlalchemy import FromClause, func, literal_column

from app.database.catalog import NoticeScope
from app.database.repository import Repository
from app.database.select import (
    ALL,
    Bound,
    Clause,
    Column,
    Condition,
    Parameters,
    Select,
    Shape,
    in_,
    in_select,
    padded,
    rowid,
    table_of,
    unordered,
)
from app.database.statements import Build
from app.http.parameters import Choice
from app.models.passage import PASSAGE_INDEX, PASSAGES, TYPES, passage_numbers
from app.models.search_hit import Hit, Place, RecordType
from app.models.section import SectionRow
from app.queries.filters import Words
from app.queries.passages import PASSAGE, Passage, read_passages
from app.queries.query import FIELDS, Names, PageQuery, field_names
from app.queries.search import ALL_COLUMNS, TITLE, holds_words, normalized, of_types

MOST_HITS = 1_000_000  # in a file
_BATCH = 200  # hits whose records are read together
_CONTEXT = 40  # characters of the source before the first highlight; twice as many from it on
_SHAPES = 100  # of words that are looked for in titles
_SECTION = table_of(SectionRow)
_NUMBER, _PASSAGE_NUMBER = rowid(PASSAGE_INDEX), rowid(PASSAGE)
_SECTION_NUMBER = ((_NUMBER - 1) // PASSAGES + 1).label("number")

Key = tuple[int, str, str]  # of a section: the number of its row, its notice, its id


class SearchQuery(PageQuery):
    q: Words = Field(description="Words to find, blanks between them; each as it stands, whatever its width or case.")
    type: list[Annotated[RecordType, Choice("RecordType", TYPES)]] = Field(
        [], description="Only records of these types."
    )
    fields: list[Annotated[Names, field_names(Hit)]] = Field([], description=FIELDS)


def find_hits(query: SearchQuery, repository: Repository) -> tuple[list[Key], int]:
    """Return the sections in which records hold every word of a query, and how many there are on all pages.

    Those come first of which a record has the words in its title, then those with more records, then in order.
    """
    limit = MOST_HITS if query.limit is None else query.limit
    passages, titled = select_passages(query, repository), select_passages(query, repository, TITLE)
    found = repository.database.fetch(passages, build=_ranked(titled.shape), more=(*titled.values, limit, query.offset))
    return [(number, notice, section) for _, number, notice, section in found if number], int(found[0][0])


def select_passages(query: SearchQuery, repository: Repository, columns: tuple[str, ...] = ALL_COLUMNS) -> Select:
    """Select the passages, in the index, that hold every word of a query within some of its columns."""
    found = Select(PASSAGE_INDEX, (holds_words(query.q, NoticeScope(query.notice, repository.catalog), columns),))
    return found.where(of_types(query.type)) if query.type else found


def read_hits(query: SearchQuery, repository: Repository, keys: Sequence[Key], root: str) -> Iterator[Hit]:
    """Yield the hits in some sections."""
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        grouped: dict[tuple[str, str], list[Passage]] = {}
        for passage in read_passages(repository, _in_sections(query, repository, [number for number, *_ in batch])):
            grouped.setdefault((passage.notice, passage.section_id), []).append(passage)
        for _, notice, section in batch:
            yield _hit(query.q, repository, notice, section, grouped[notice, section], root)


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


@lru_cache(_SHAPES)  # one function for a shape, since statements are compiled once for a function
def _ranked(titled: Shape) -> Build:
    """Return what selects the sections of passages in their order, beside how many there are.

    `titled` is the shape of the select of those passages that hold the words in their titles. If no section is left,
    there is one row without any. Only the index is looked at, as long as it is not known which sections are wanted.
    """

    def build(shape: Shape, _: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
        every = unordered(shape, (_SECTION_NUMBER, literal_column("0").label("title")), parameters)
        in_title = unordered(titled, (_SECTION_NUMBER, literal_column("1")), parameters)
        found = sqlalchemy.union_all(every, in_title).subquery()
        in_titles, records = func.max(found.c.title), func.count() - func.sum(found.c.title)
        counted = (found.c.number, in_titles.label("in_titles"), records.label("records"))
        sections = sqlalchemy.select(*counted).group_by(found.c.number).cte("sections")
        ranked = sqlalchemy.select(sections).order_by(*_ranking(sections))
        page = ranked.limit(next(parameters)).offset(next(parameters)).subquery("page")
        total = sqlalchemy.select(func.count().label("total")).select_from(sections).subquery("total")
        rows = total.outerjoin(page, sqlalchemy.true()).outerjoin(_SECTION, rowid(_SECTION) == page.c.number)
        columns = (total.c.total, page.c.number, _SECTION.c.notice, _SECTION.c.id)
        return sqlalchemy.select(*columns).select_from(rows).order_by(*_ranking(page))

    return build


def _ranking(sections: FromClause) -> list[Column]:
    return [sections.c.in_titles.desc(), sections.c.records.desc(), sections.c.number]


def _in_sections(query: SearchQuery, repository: Repository, numbers: Sequence[int]) -> Select:
    """Select the passages that hold every word of a query and stand in some sections."""
    found = select_passages(query, repository)
    if query.notice != ALL:
        return Select(PASSAGE, (in_select(_PASSAGE_NUMBER, found.where(in_(_SECTION_NUMBER, numbers)), _NUMBER),))
    ranges = [bound for number in padded(numbers) for bound in passage_numbers(number)]
    return Select(PASSAGE, (Clause(_in_ranges, (found.shape, len(found.values)), (*found.values, *ranges)),))


def _in_ranges(found: Shape, size: int, *values: Bound) -> Condition:
    """The passage has a number in some ranges, each of which is looked through in the index by itself."""
    bounds = values[size:]
    parts = [
        unordered(found, (_NUMBER,), iter(values[:size])).where(_NUMBER.between(*pair))
        for pair in zip(bounds[::2], bounds[1::2], strict=True)
    ]
    return _PASSAGE_NUMBER.in_(sqlalchemy.union_all(*parts))

"""Hits: the passages of notices that hold the words of a query, grouped by section."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated, Any

import sqlalchemy
from pydantic import Field
from sqlalchemy import distinct, func

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
    unordered,
)
from app.database.statements import rows
from app.http.parameters import Choice
from app.models.passage import PASSAGE_INDEX, TYPES, passage_numbers, section_number
from app.models.search_hit import Hit, Place, RecordType
from app.queries.filters import Words
from app.queries.passages import PASSAGE, Passage, read_passages
from app.queries.query import FIELDS, Names, PageQuery, field_names
from app.queries.search import ALL_COLUMNS, TITLE, english_form, holds_words, normalized, of_types, words

MOST_HITS = 1_000_000  # in a file
_BATCH = 200  # hits whose records are read together
_CONTEXT = 40  # characters of the source before the first highlight; twice as many from it on
_PER_SECTION = 4  # passages that are read at first for each section that is wanted
_NUMBER, _PASSAGE_NUMBER = rowid(PASSAGE_INDEX), rowid(PASSAGE)
_SECTION_NUMBER = section_number(_NUMBER)


class SearchQuery(PageQuery):
    q: Words = Field(description="Words to find, blanks between them; each as it stands, whatever its width or case.")
    type: list[Annotated[RecordType, Choice("RecordType", TYPES)]] = Field(
        [], description="Only records of these types."
    )
    fields: list[Annotated[Names, field_names(Hit)]] = Field([], description=FIELDS)


def find_hits(query: SearchQuery, repository: Repository) -> tuple[list[int], int]:
    """Return the numbers of the sections in which records hold every word of a query, and how many there are in all.

    Those come first of which a record has the words in its title; else they stand in their order.
    """
    end = query.offset + (MOST_HITS if query.limit is None else query.limit)
    numbers = list(islice(_sections(query, repository, end), end))
    total = len(numbers)
    if total == end:
        ((total,),) = repository.database.fetch(select_passages(query, repository), build=_count_sections)
    return numbers[query.offset :], total


def select_passages(query: SearchQuery, repository: Repository, columns: tuple[str, ...] = ALL_COLUMNS) -> Select:
    """Select the passages, in the index, that hold every word of a query within some of its columns."""
    found = Select(PASSAGE_INDEX, (holds_words(query.q, NoticeScope(query.notice, repository.catalog), columns),))
    return found.where(of_types(query.type)) if query.type else found


def read_hits(query: SearchQuery, repository: Repository, numbers: Sequence[int], root: str) -> Iterator[Hit]:
    """Yield the hits in some sections."""
    for start in range(0, len(numbers), _BATCH):
        batch = numbers[start : start + _BATCH]
        grouped: dict[int, list[Passage]] = {number: [] for number in batch}
        for passage in read_passages(repository, _in_sections(query, repository, batch)):
            grouped[section_number(passage.rowid)].append(passage)
        for passages in grouped.values():
            yield _hit(query.q, repository, passages, root)


def _sections(query: SearchQuery, repository: Repository, wanted: int) -> Iterator[int]:
    """Yield the numbers of sections, of which so many are likely to be taken."""
    seen: set[int] = set()
    for columns in (TITLE, ALL_COLUMNS):
        for number in _numbers(repository, select_passages(query, repository, columns), wanted * _PER_SECTION):
            section = section_number(number)
            if section not in seen:
                seen.add(section)
                yield section


def _numbers(repository: Repository, select: Select, size: int) -> Iterator[int]:
    """Yield the numbers of passages in order. They are read as they are taken, for a word may stand in a million."""
    further = select
    while True:
        found = repository.database.fetch(further, _NUMBER, build=_first, more=(size,))
        yield from (number for (number,) in found)
        if len(found) < size:
            return
        further, size = select.where(Clause(_after, (), found[-1])), size * 2


def _after(number: Bound) -> Condition:
    return number < _NUMBER


def _first(shape: Shape, columns: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    return rows(shape, columns, parameters).limit(next(parameters))


def _count_sections(shape: Shape, _: tuple[Column, ...], parameters: Parameters) -> sqlalchemy.Select[Any]:
    return unordered(shape, (func.count(distinct(_SECTION_NUMBER)),), parameters)


def _hit(q: str, repository: Repository, passages: list[Passage], root: str) -> Hit:
    notice, section = passages[0].notice, passages[0].section_id
    start, end = min(p.start for p in passages), max(p.end for p in passages)
    text = repository.catalog.text(notice)
    found = normalized(text[start:end]).highlights(q)
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


def _in_sections(query: SearchQuery, repository: Repository, numbers: Sequence[int]) -> Select:
    """Select the passages that hold every word of a query and stand in some sections."""
    found = select_passages(query, repository)
    # For the beginnings of words the index gathers all of them anew, at every look.
    if query.notice != ALL or any(english_form(word) for word, _ in words(query.q)):
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

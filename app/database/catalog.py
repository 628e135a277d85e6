"""The catalog: the notices, the codes of the vocabularies, and the keys, titles and source text of each notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from app.database.engine import Database
from app.database.select import ALL, Clause, Column, Select, equal, is_null, row_numbers, table_of
from app.database.statements import distinct
from app.models.category import CategoryRow
from app.models.citation import Work
from app.models.document import DocumentRow
from app.models.issue import IssueRow
from app.models.metric import MetricRow
from app.models.notice import NoticeRow
from app.models.numeral import NumeralRow
from app.models.organization import OrganizationRow
from app.models.passage import PassageRow, Word
from app.models.section import SectionRow
from app.models.snapshot import LoadedRow
from app.models.statement import MEASURE, StatementRow
from app.models.vocabulary import TermRow

_KEPT = 100  # notices whose keys, titles and text are kept in memory
_NOTICE, _LOADED = table_of(NoticeRow), table_of(LoadedRow)
_WORK = ("title", "title_en", "inspected_body", "inspected_body_en", "date", "date_text", "stage")  # what is cited
_TERM = table_of(TermRow)
_SECTION, _CATEGORY, _ISSUE = table_of(SectionRow), table_of(CategoryRow), table_of(IssueRow)
_STATEMENT = table_of(StatementRow)
# What parameters may name within a notice, and the column that holds it.
_KEYS: dict[str, Column] = {
    "issues": _ISSUE.c.number,
    "categories": _CATEGORY.c.number,
    "sections": _SECTION.c.id,
    "statements": _STATEMENT.c.id,
    "measures": _STATEMENT.c.id,
    "metrics": table_of(MetricRow).c.id,
    "numerals": table_of(NumeralRow).c.id,
    "documents": table_of(DocumentRow).c.id,
    "organizations": table_of(OrganizationRow).c.id,
    "actors": _STATEMENT.c.actor,
}
# Of which rows that is, where the table holds others too.
_ONLY: dict[str, Clause] = {"measures": equal(_STATEMENT.c.role, MEASURE)}
# The parameters whose values have titles, with the table and the column that holds the value.
_TITLED = {
    "category": (_CATEGORY, _CATEGORY.c.number),
    "issue": (_ISSUE, _ISSUE.c.number),
    "section": (_SECTION, _SECTION.c.id),
}


class UnknownDefault(ValueError):
    """The notice that should be the default one does not exist."""


class Catalog:
    """Read at first use and kept, since the data never changes while the process lives."""

    def __init__(self, database: Database, default: str | None) -> None:
        self._database, self._default = database, default
        self.text = lru_cache(_KEPT)(self._read_text)
        self.titles = lru_cache(_KEPT)(self._read_titles)
        self.keys = lru_cache(_KEPT)(self._read_keys)
        self.work = lru_cache(_KEPT)(self._read_work)

    @cached_property
    def notices(self) -> list[str]:
        """The notices' slugs, in order."""
        # Not from the notices themselves: each lies with its source text somewhere in the file.
        return [slug for (slug,) in self._database.fetch(Select(_LOADED), _LOADED.c.slug)]

    @cached_property
    def drafts(self) -> frozenset[str]:
        """The notices that are drafts."""
        rows = self._database.fetch(Select(_NOTICE), _NOTICE.c.slug, _NOTICE.c.stage)
        return frozenset(slug for slug, stage in rows if stage == "draft")

    @cached_property
    def default(self) -> str:
        """The notice served where none is asked for; `UnknownDefault` if the one that was set does not exist."""
        if self._default is not None and self._default not in self.notices:
            raise UnknownDefault(f"NOTICE_DEFAULT: {self._default!r} is no notice; there is {', '.join(self.notices)}")
        return self._default or self.notices[0]

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """The codes of every vocabulary, in its order."""
        return {vocabulary: list(labels) for vocabulary, labels in self.labels.items()}

    @cached_property
    def labels(self) -> dict[str, dict[str, tuple[str, str]]]:
        """The Chinese and English label of every code, by vocabulary."""
        labels: dict[str, dict[str, tuple[str, str]]] = {}
        terms = Select(_TERM, order=((_TERM.c.vocabulary, False), (_TERM.c.position, False)))
        columns = (_TERM.c.vocabulary, _TERM.c.code, _TERM.c.zh, _TERM.c.en)
        for vocabulary, code, zh, en in self._database.fetch(terms, *columns):
            labels.setdefault(vocabulary, {})[code] = (zh, en)
        return labels

    def words_clause(self, words: Sequence[Word], notice: str) -> Clause:
        """Match passages, in the index, that stand in a notice, or in any, and hold every word."""
        return self._database.engine.words_clause(words, () if notice == ALL else self._numbers[notice])

    @cached_property
    def _numbers(self) -> dict[str, tuple[int, int]]:
        """The numbers of the first and the last passage that every notice may have."""
        return {slug: row_numbers(table_of(PassageRow), position) for position, slug in enumerate(self.notices)}

    def _read_keys(self, kind: str, notice: str) -> Sequence[str]:
        """Return what a parameter may name: the issues, categories, sections or actors of a notice, or of all."""
        key = _KEYS[kind]
        clauses = [is_null(key, False), *([_ONLY[kind]] if kind in _ONLY else [])]
        present = Select.rows(key.table, notice).where(*clauses)
        return [str(value) for (value,) in self._database.fetch(present, key, build=distinct)]

    def _read_text(self, notice: str) -> str:
        """Return the source text of a notice, which all offsets index."""
        ((text,),) = self._database.fetch(Select(_NOTICE).where(equal(_NOTICE.c.slug, notice)), _NOTICE.c.text)
        return str(text)

    def _read_work(self, notice: str) -> Work:
        """Return a notice as it is cited."""
        columns = [_NOTICE.c[name] for name in _WORK]
        (values,) = self._database.fetch(Select(_NOTICE).where(equal(_NOTICE.c.slug, notice)), *columns)
        record = dict(zip(_WORK, values, strict=True))
        numbers: dict[str | None, str] = {None: ""}
        sections = Select.rows(_SECTION, notice)
        for id, parent, marker in self._database.fetch(
            sections, _SECTION.c.id, _SECTION.c.parent_id, _SECTION.c.marker
        ):
            numbers[id] = numbers[parent] + (marker or "")
        return Work(
            title=record["title"],
            title_en=record["title_en"],
            body=record["inspected_body"],
            body_en=record["inspected_body_en"],
            date=date.fromisoformat(record["date"]) if record["date"] else None,
            date_text=record["date_text"],
            is_draft=record["stage"] == "draft",
            numbers={id: number for id, number in numbers.items() if id is not None},
            data_version=self._database.snapshot.data_version,
        )

    def _read_titles(self, parameter: str, notice: str) -> dict[Any, tuple[str, str]]:
        """Return the Chinese and English title of all that a parameter may name in a notice; none if they have none."""
        if parameter not in _TITLED:
            return {}
        table, key = _TITLED[parameter]
        rows = self._database.fetch(Select.rows(table, notice), key, table.c.title, table.c.title_en)
        return {value: (title, title_en) for value, title, title_en in rows}


@dataclass(frozen=True)
class NoticeScope:
    """The notice that is asked about, or all, with what is known of it."""

    notice: str
    catalog: Catalog

    def words_clause(self, words: Sequence[Word]) -> Clause:
        """Match passages, in the index, that hold every word."""
        return self.catalog.words_clause(words, self.notice)

"""The release's tables: which there are, what their columns are, what identifies a row, and what refers to what."""

from dataclasses import dataclass

from pydantic import BaseModel

from app.exports.labels import column_label
from app.exports.table import Column, columns_of
from app.models.category import Category
from app.models.contact import ContactLine
from app.models.glossary import GlossaryEntry, Occurrence
from app.models.issue import Issue
from app.models.metric import Metric
from app.models.notice import Gap, Notice
from app.models.numeral import Numeral
from app.models.reconciliation import Declaration
from app.models.record import Record
from app.models.section import Section
from app.models.statement import Measure, Statement
from app.models.vocabulary import Term, Vocabulary

# What a column of any table names: the key, beside `notice`, of a row of that table.
REFERENCES = {
    "section_id": "sections",
    "parent_id": "sections",
    "category_number": "categories",
    "issue_number": "issues",
    "measure_id": "measures",
    "metric_id": "metrics",
    "same_as": "metrics",
    "part_of": "metrics",
    "denominator": "metrics",
}


@dataclass(frozen=True)
class ReleaseTable:
    """One table: a CSV file, a table of the SQLite file, a list in the JSON.

    `key` are the columns that identify a row, `label` is the one that says best what a row is.
    """

    name: str
    zh: str
    en: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    label: str

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def references(self) -> dict[str, str]:
        """The tables that its columns refer to, within the same notice."""
        return {column.name: REFERENCES[column.name] for column in self.columns if column.name in REFERENCES}


def _table(name: str, zh: str, en: str, model: type[BaseModel], key: str, label: str, *first: Column) -> ReleaseTable:
    # What is nested has a table of its own, or is a choice of another's rows.
    flat = tuple(column for column in columns_of(model) if column.kind != "json")
    keys = tuple(dict.fromkeys(column.name for column in (*first, *flat) if column.name in ("notice", "vocabulary")))
    description = " ".join((model.__doc__ or "").split())
    return ReleaseTable(name, zh, en, description, (*first, *flat), (*keys, key) if key else keys, label)


def _text(record: str, name: str, description: str) -> Column:
    return Column(name, "text", False, *column_label(record, name), description)


_NOTICE = _text("Record", "notice", Record.model_fields["notice"].description or "")

TABLES = (
    _table("notices", "通报", "Notices", Notice, "", "inspected_body"),
    _table("not_stated", "通报未说明的事项", "What the notices do not state", Gap, "field", "zh", _NOTICE),
    _table("sections", "段落", "Sections", Section, "id", "title"),
    _table("categories", "类别", "Categories", Category, "number", "title"),
    _table("issues", "问题", "Issues", Issue, "number", "title"),
    _table("statements", "语句", "Statements", Statement, "id", "text"),
    _table("measures", "举措", "Measures", Measure, "id", "text"),
    _table("metrics", "数字", "Metrics", Metric, "id", "label"),
    _table("numerals", "数字清点", "Numerals", Numeral, "id", "text"),
    _table("contact", "联系方式", "Contact lines", ContactLine, "id", "text", _NOTICE),
    _table("declarations", "通报公布与转写所得", "Declared beside transcribed", Declaration, "metric_id", "label",
           _NOTICE),
    _table("vocabularies", "词表", "Vocabularies", Vocabulary, "name", "zh",
           _text("Vocabulary", "name", "The vocabulary's name.")),
    _table("terms", "代码", "Terms", Term, "code", "zh",
           _text("Term", "vocabulary", "The vocabulary that the code belongs to.")),
    _table("glossary", "术语", "Glossary", GlossaryEntry, "id", "term"),
    _table("occurrences", "术语出现处", "Where the glossary's terms stand", Occurrence, "start", "text",
           _text("Occurrence", "entry_id", "The glossary entry that explains it.")),
)  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """Columns that together name a row of another table by its key."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


def needed_references(table: ReleaseTable) -> list[Reference]:
    """The references that every row of the table has.

    Those that may be null are left out: descriptors can't say that a key of two columns need not hold if one is null.
    """
    keys = {other.name: other.key for other in TABLES}
    needed = [column.name for column in table.columns if not column.nullable]
    found = [Reference(("notice",), "notices", ("notice",))] if "notice" in needed and table.name != "notices" else []
    found += [Reference(("vocabulary",), "vocabularies", ("name",))] if "vocabulary" in needed else []
    found += [Reference(("entry_id",), "glossary", ("id",))] if "entry_id" in needed else []
    named = [name for name in needed if name in REFERENCES]
    return found + [Reference(("notice", name), REFERENCES[name], keys[REFERENCES[name]]) for name in named]

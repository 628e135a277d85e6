"""The tables of the release: their columns, how their rows are read, what identifies a row, and what refers to what.

A further table is one more entry in `TABLES`: every file and descriptor is made from that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from app.exports.table import Column, Record, column_label, columns_of
from app.models.agreement import Agreement
from app.models.category import CategoryDetail
from app.models.change import CorrectionFields, ReleaseFields
from app.models.contact import ContactLine
from app.models.document import DocumentDetail, DocumentPlace
from app.models.glossary import GlossaryEntry, Occurrence
from app.models.issue import CitedIssue
from app.models.metric import MetricDetail
from app.models.notice import Gap, NoticeDetail
from app.models.numeral import NumeralDetail
from app.models.organization import OrganizationDetail, OrganizationPlace
from app.models.reconciliation import Declaration
from app.models.record import Cited
from app.models.record import Record as RecordModel
from app.models.section import SectionDetail
from app.models.statement import MeasureDetail, StatementDetail
from app.models.vocabulary import Term, Vocabulary
from app.release import records
from app.release.records import Get, Reader

# The tables to whose rows a column refers, by the column's name, whichever table it is in.
REFERENCES = {
    "notice": "notices",
    "vocabulary": "vocabularies",
    "entry_id": "glossary",
    "section_id": "sections",
    "parent_id": "sections",
    "category_number": "categories",
    "issue_number": "issues",
    "statement_id": "statements",
    "document_id": "documents",
    "organization_id": "organizations",
    "issuer_id": "organizations",
    "metric_id": "metrics",
    "same_as": "metrics",
    "part_of": "metrics",
    "denominator": "metrics",
    "release": "releases",
}
# Columns of codes whose models do not name the vocabulary, since it has the column's own name.
_VOCABULARIES = ("qualifier", "nature")


@dataclass(frozen=True)
class ReleaseTable:
    """A table: a CSV file, a Parquet file, a table of the SQLite file, a list in the JSON file.

    `key` are the columns that identify a row, and `label` is the one that says best what a row is. `reader` reads the
    rows; without one, they are the items of the list of the table's name. `added` are columns beside the model's own,
    in front of them. `facets` are columns whose values Datasette counts.
    """

    name: str
    zh: str
    en: str
    model: type[BaseModel]
    key: tuple[str, ...]
    label: str
    reader: Reader | None = None
    added: tuple[Column, ...] = ()
    facets: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns; nested fields are left out, since they have tables of their own."""
        return (*self.added, *(column for column in columns_of(self.model) if column.kind != "json"))

    @property
    def description(self) -> str:
        """What a row is: what the model says, or where that adds citations, the one that it extends."""
        documented = (model.__doc__ or "" for model in self.model.__mro__ if model is not Cited)
        return " ".join(next(text for text in documented if "with its citation" not in text).split())

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def parquet_file(self) -> str:
        return f"{self.name}.parquet"

    @property
    def label_column(self) -> str:
        """The SQLite column that labels a row: where `label` may be null, `name`, which falls back on the key."""
        nullable = any(column.nullable for column in self.columns if column.name == self.label)
        return "name" if nullable else self.label

    def records(self, get: Get) -> Iterator[Record]:
        """Yield the rows over all notices, in the notices' own order."""
        return (self.reader or records.collection(self.name))(get)


def _column(record: str, name: str, description: str) -> Column:
    return Column(name, "text", False, *column_label(record, name), description)


_NOTICE = _column("Record", "notice", RecordModel.model_fields["notice"].description or "")
_DOCUMENT = _column("DocumentPlace", "document_id", "The document that is named there.")
_ORGANIZATION = _column("OrganizationPlace", "organization_id", "The body that stands there.")
_NAME = _column("Vocabulary", "name", "The vocabulary's name.")
_VOCABULARY = _column("Term", "vocabulary", "The vocabulary that the code belongs to.")
_CORRECTED = (
    Column("release", "date", False, *column_label("CorrectionFields", "release"), "The day of the release."),
    Column("number", "integer", False, *column_label("CorrectionFields", "number"), "Its number within the release."),
    _column("CorrectionFields", "record_uid", "The name of the record that was corrected."),
    Column("record_url", "text", True, *column_label("CorrectionFields", "record_url"), "Its address."),
    _column("CorrectionFields", "old", "What was published before, as JSON."),
    _column("CorrectionFields", "new", "What is right, as JSON; `null` if nothing is."),
)
_ENTRY = _column("Occurrence", "entry_id", "The glossary entry that explains it.")

TABLES = (
    ReleaseTable("notices", "通报", "Notices", NoticeDetail, ("notice",), "inspected_body", records.notices),
    ReleaseTable("not_stated", "通报未说明的事项", "What the notices do not state", Gap, ("notice", "field"), "zh",
                 records.not_stated, (_NOTICE,)),
    ReleaseTable("sections", "段落", "Sections", SectionDetail, ("notice", "id"), "title", facets=("role",)),
    ReleaseTable("categories", "类别", "Categories", CategoryDetail, ("notice", "number"), "title"),
    ReleaseTable("issues", "问题", "Issues", CitedIssue, ("notice", "number"), "title",
                 facets=("category_uid", "topics")),
    ReleaseTable("statements", "语句", "Statements", StatementDetail, ("notice", "id"), "text", facets=("role",)),
    ReleaseTable("measures", "举措", "Measures", MeasureDetail, ("notice", "id"), "text",
                 facets=("kind", "modality", "directive_code", "sanction")),
    ReleaseTable("organizations", "机构", "Organizations", OrganizationDetail, ("notice", "id"), "name",
                 facets=("type", "named", "parts")),
    ReleaseTable("organization_places", "机构出现处", "Where organizations stand", OrganizationPlace,
                 ("notice", "organization_id", "start"), "text", records.places("organizations", "organization_id"),
                 (_NOTICE, _ORGANIZATION), ("part",)),
    ReleaseTable("documents", "文件", "Documents", DocumentDetail, ("notice", "id"), "name", facets=("type", "act")),
    ReleaseTable("document_places", "文件出现处", "Where documents are named", DocumentPlace,
                 ("notice", "document_id", "start"), "text", records.places("documents", "document_id"),
                 (_NOTICE, _DOCUMENT), ("act",)),
    ReleaseTable("metrics", "数字", "Metrics", MetricDetail, ("notice", "id"), "label",
                 facets=("qualifier", "nature", "scope")),
    ReleaseTable("numerals", "数字清点", "Numerals", NumeralDetail, ("notice", "id"), "text", facets=("class",)),
    ReleaseTable("contact", "联系方式", "Contact lines", ContactLine, ("notice", "id"), "text",
                 records.nested("/contact", "lines"), (_NOTICE,)),
    ReleaseTable("declarations", "通报公布与转写所得", "Declared beside transcribed", Declaration,
                 ("notice", "metric_id"), "label", records.nested("/reconciliation", "declarations"), (_NOTICE,)),
    ReleaseTable("vocabularies", "词表", "Vocabularies", Vocabulary, ("name",), "zh", records.vocabularies, (_NAME,)),
    ReleaseTable("terms", "代码", "Terms", Term, ("vocabulary", "code"), "zh", records.terms, (_VOCABULARY,),
                 facets=("vocabulary",)),
    ReleaseTable("glossary", "术语", "Glossary", GlossaryEntry, ("id",), "term"),
    ReleaseTable("occurrences", "术语出现处", "Where the glossary's terms stand", Occurrence, ("notice", "start"),
                 "text", records.occurrences, (_ENTRY,)),
    ReleaseTable("agreement", "两次判读的一致程度", "Agreement of two readings", Agreement, ("notice", "field"),
                 "field", records.agreement, (_NOTICE,)),
    ReleaseTable("releases", "数据发布", "Releases of the data", ReleaseFields, ("day",), "summary", records.releases),
    ReleaseTable("corrections", "更正", "Corrections", CorrectionFields, ("release", "number"), "why",
                 records.corrections, _CORRECTED, ("release",)),
)  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """A column that names a row of another table, and the key of that table."""

    column: Column
    table: str
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold that key: where it has two, the row is one of the same notice."""
        return (self.column.name,) if len(self.key) == 1 else ("notice", self.column.name)


def references(table: ReleaseTable) -> list[Reference]:
    """Return the references that rows of the table make, that to the notice first."""
    keys = {other.name: other.key for other in TABLES}
    referring = [column for column in table.columns if column.name in REFERENCES and (column.name,) != table.key]
    referring.sort(key=lambda column: column.name != "notice")
    return [Reference(column, REFERENCES[column.name], keys[REFERENCES[column.name]]) for column in referring]


def required_references(table: ReleaseTable) -> list[Reference]:
    """Return the references that every row of the table makes.

    Those that may be null are left out: descriptors can't say that a key of two columns need not hold if one is null.
    """
    return [reference for reference in references(table) if not reference.column.nullable]


def vocabulary_of(column: Column) -> str | None:
    """Return the name of the vocabulary that a column's single code is from."""
    if column.kind == "list":
        return None
    return column.vocabulary or (column.name if column.name in _VOCABULARIES else None)

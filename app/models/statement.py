"""Statements: the notice's text clause by clause. Those that report an act are measures."""

from collections.abc import Mapping
from typing import Annotated, Any

from sqlalchemy import Index
from sqlmodel import Field, ForeignKeyConstraint, SQLModel

from app.models.record import TRANSLATION, Cited, End, Record, Start
from app.models.vocabulary import Coded

# The role that makes a statement a measure.
MEASURE = "measure"


class StatementFields(SQLModel):
    id: str
    issue_number: int | None = Field(description="The issue in whose text it stands, if any.")
    category_number: int | None
    section_id: str
    text: str = Field(description="The clause as printed.")
    start: Start
    end: End
    text_en: str | None = Field(description="Unofficial translation; null where there is none yet.")
    translation: Annotated[str, Coded("translation")] | None = Field(description=TRANSLATION)
    marker: str | None = Field(description="The number printed in front of the clause, such as 一是; no part of it.")
    marker_start: Start | None
    marker_end: End | None


class StatementRow(StatementFields):
    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    id: str = Field(primary_key=True)
    position: int
    role: str
    kind: str | None
    actor: str | None
    actor_start: int | None
    actor_end: int | None
    prompted_by: str | None
    prompted_by_start: int | None
    prompted_by_end: int | None
    directive: str | None
    directive_start: int | None
    directive_end: int | None
    directive_code: str | None
    modality: str | None
    modality_text: str | None
    modality_text_start: int | None
    modality_text_end: int | None
    sanction: str | None


class StatementTable(StatementRow, table=True):
    __tablename__ = "statement"
    __table_args__ = (
        ForeignKeyConstraint(["notice", "issue_number"], ["issue.notice", "issue.number"]),
        ForeignKeyConstraint(["notice", "category_number"], ["category.notice", "category.number"]),
        ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),
        # All that is filtered and counted by, so that the text is read only of what is shown.
        Index(
            "ix_statement_facets",
            "role",
            "notice",
            "issue_number",
            "category_number",
            "kind",
            "modality",
            "actor",
            "directive_code",
            "sanction",
        ),
    )


class _Clause(StatementFields, Record):
    @classmethod
    def page(cls, record: Mapping[str, Any]) -> str | None:
        """Return the place on the page of the issue, or on that of the source where there is none."""
        issue = record["issue_number"]
        path = "/source" if issue is None else f"/issues/{issue}"
        return f"{path}?notice={record['notice']}#{record['id']}"


class Statement(_Clause):
    """One clause; together they leave out nothing of the texts that report what was done or will be."""

    collection = "statements"
    collection_zh = "语句"
    row = StatementTable
    counted_by = ("role", "category_number", "issue_number")

    role: Annotated[str, Coded("statement_role")]


class Measure(_Clause):
    """A statement that reports something done, or ordered to be done."""

    collection = "measures"
    collection_zh = "举措"
    row = StatementTable
    only = {"role": MEASURE}
    counted_by = (
        "category_number", "issue_number", "kind", "modality", "actor", "directive_code", "sanction", "topics",
    )  # fmt: skip

    kind: Annotated[str, Coded("measure_kind")] = Field(description="What sort of act it is; our reading.")
    actor: str | None = Field(description="Who acts, as printed in the sentence; null where it leaves that out.")
    actor_start: Start | None
    actor_end: End | None
    prompted_by: str | None = Field(description="Who has the actor act, as printed in the sentence.")
    prompted_by_start: Start | None
    prompted_by_end: End | None
    directive: str | None = Field(
        description="The printed verb that has the actor act (推动, 督促 …): an ordered act is not a done act."
    )
    directive_start: Start | None
    directive_end: End | None
    directive_code: Annotated[str, Coded("directive")] | None
    modality: Annotated[str, Coded("modality")] = Field(description="From explicit words only.")
    modality_text: str | None = Field(description="Those words; null where the clause is plainly reported.")
    modality_text_start: Start | None
    modality_text_end: End | None
    sanction: Annotated[str, Coded("sanction")] | None = Field(
        description="The form of handling that the clause prints; never related to the totals of persons."
    )


class StatementDetail(Cited, Statement):
    """A statement with its citation."""


class MeasureDetail(Cited, Measure):
    """A measure with its citation."""

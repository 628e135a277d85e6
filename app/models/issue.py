"""Issues: the problems that the inspection found, with what the notice says was done about each."""

from typing import Annotated

from sqlalchemy import JSON, Index
from sqlmodel import Field, ForeignKeyConstraint, SQLModel

from app.models.metric import Metric
from app.models.record import TRANSLATION, Cited, End, Record, Start
from app.models.statement import Measure
from app.models.vocabulary import Coded

# The fields that hold several codes.
LABELS = ("topics", "kinds")


class IssueFields(SQLModel):
    number: int = Field(description="Runs through the notice.")
    section_id: str
    category_number: int | None = Field(description="Null where no category stands above it.")
    marker: str | None = Field(description="The number as printed; null where the heading has none.")
    marker_start: Start | None
    marker_end: End | None
    title: str = Field(description="The heading without its marker and final 。")
    title_start: Start
    title_end: End
    title_en: str | None = Field(description="Unofficial translation; null where a draft has none yet.")
    translation: Annotated[str, Coded("translation")] | None = Field(description=TRANSLATION)
    problem: str = Field(description="The words of the heading that name the problem.")
    problem_start: Start
    problem_end: End
    topics: list[Annotated[str, Coded("topic")]] = Field(
        sa_type=JSON, description="One to three subjects; ours, not the notice's."
    )
    status: Annotated[str, Coded("issue_status")] | None = Field(
        description="Only where the notice prints one for this very issue; never inferred from totals or tenses."
    )
    status_text: str | None = Field(description="The words that print it.")
    status_text_start: Start | None
    status_text_end: End | None
    deadline_text: str | None = Field(description="The deadline that is printed for this issue, in its words.")
    deadline_text_start: Start | None
    deadline_text_end: End | None
    responsible_text: str | None = Field(description="Who is printed as responsible for this issue's rectification.")
    responsible_text_start: Start | None
    responsible_text_end: End | None
    text: str = Field(description="What the notice says was done, whole and as printed.")
    start: Start
    end: End
    kinds: list[Annotated[str, Coded("measure_kind")]] = Field(
        sa_type=JSON, description="The kinds of its measures, each once."
    )
    statement_count: int
    measure_count: int
    metric_count: int


class IssueRow(IssueFields):
    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    number: int = Field(primary_key=True)
    position: int


class IssueTable(IssueRow, table=True):
    __tablename__ = "issue"
    __table_args__ = (
        ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),
        ForeignKeyConstraint(["notice", "category_number"], ["category.notice", "category.number"]),
        Index("ix_issue_facets", "notice", "category_number", "number"),
    )


class IssueLabelRow(SQLModel):
    """A code in an array of an issue: so issues are found by their codes. `record` is the issue's row."""

    record: int = Field(primary_key=True)
    field: str = Field(primary_key=True)
    code: str = Field(primary_key=True)


class IssueLabelTable(IssueLabelRow, table=True):
    __tablename__ = "issue_label"
    __table_args__ = (Index("ix_issue_label_code", "field", "code", "record"), {"sqlite_with_rowid": False})


class Issue(IssueFields, Record):
    """One problem and the text about it."""

    collection = "issues"
    collection_zh = "问题"
    row = IssueTable
    key = "number"
    counted_by = ("category_number", "status", "topics", "kinds")
    # The heading is quoted, and stands for everything below it.
    quoted = (("title", "title_start", "end"),)
    page_path = "/issues/{number}?notice={notice}"


class CitedIssue(Cited, Issue):
    """An issue with its citation."""


class IssueDetail(CitedIssue):
    """An issue with its citation and what its text reports."""

    measures: list[Measure]
    metrics: list[Metric]

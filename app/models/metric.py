"""Metrics: every figure of the notice, as printed and taken apart."""

from datetime import date
from typing import Annotated, Literal

from sqlalchemy import Index
from sqlmodel import Field, ForeignKeyConstraint, SQLModel

from app.models.decimal import ExactDecimal, Number
from app.models.record import TRANSLATION, Cited, End, Record, Start
from app.models.vocabulary import Coded

# These two carry arithmetic, so they stand in code as well as in the vocabularies.
Qualifier = Literal["exact", "more_than", "at_least", "less_than", "at_most", "about", "between"]
Nature = Literal["level", "share", "change", "growth_rate", "frequency"]

# Codes of units that only make a noun countable (740张, 41项): English counts without them, so that what is counted
# stands in their place.
CLASSIFIERS = frozenset(
    {
        "item",
        "article",
        "piece",
        "organization",
        "occurrence",
        "case",
        "incident",
        "person",
        "sheet",
        "example",
        "tier",
        "session",
        "term",
        "batch",
        "copy",
        "volume",
        "text",
        "set",
        "building",
        "place",
        "institution",
        "machine",
        "vehicle",
        "team",
        "course",
        "sum",
    }
)


class MetricFields(SQLModel):
    id: str = Field(description="A readable slug, decided once.")
    section_id: str = Field(description="The section in which it stands.")
    category_number: int | None = Field(description="The category in which it stands, if any.")
    issue_number: int | None = Field(description="The issue in whose text it stands, if any.")
    statement_id: str | None = Field(description="The clause in which it stands, if any.")
    label: str = Field(description="A reader's label, ours.")
    label_en: str | None = Field(description="The same in English; null where a draft has none yet.")
    translation: Annotated[str, Coded("translation")] | None = Field(description=TRANSLATION)
    value_text: str = Field(description="The figure as printed: `40余项`.")
    value_start: Start
    value_end: End
    value: Number = Field(
        sa_type=ExactDecimal, description="The number in the printed unit, of a range the first; a fall is negative."
    )
    unit: str | None = Field(description="As printed, without 万 or 亿; null where none is printed.")
    unit_start: Start | None
    unit_end: End | None
    unit_code: Annotated[str, Coded("unit")] | None
    multiplier: int = Field(description="10000 for 万, 100000000 for 亿, else 1.")
    normalized_value: Number = Field(sa_type=ExactDecimal, description="`value` times `multiplier`.")
    qualifier: str
    lower: Number | None = Field(
        sa_type=ExactDecimal, description="Lowest normalized value the words allow; null if unknown."
    )
    upper: Number | None = Field(
        sa_type=ExactDecimal, description="Highest normalized value the words allow; null if unknown."
    )
    nature: str
    direction: Annotated[str, Coded("direction")] | None = Field(
        description="Whether the words report a rise or a fall."
    )
    comparison: Annotated[str, Coded("comparison")] | None = Field(description="What it is compared with.")
    comparison_text: str | None = Field(description="The words that compare.")
    comparison_text_start: Start | None
    comparison_text_end: End | None
    period_kind: Annotated[str, Coded("period_kind")]
    period_start: date | None = Field(description="First day, only as the sentence states it.")
    period_end: date | None = Field(description="Last day, only as the sentence states it.")
    period_text: str | None = Field(description="The words that state the period.")
    period_text_start: Start | None
    period_text_end: End | None
    counted: str = Field(description="What is counted, as printed.")
    counted_start: Start
    counted_end: End
    counted_en: str | None = Field(description="Unofficial translation; null where a draft has none yet.")
    counted_code: Annotated[str, Coded("counted")]
    per: Annotated[str, Coded("per")] | None = Field(description="Of a frequency: the time in which it recurs.")
    scope: Annotated[str, Coded("scope")] = Field(description="What the figure is about, wherever it stands.")
    indicator: Annotated[str, Coded("indicator")] | None = Field(
        description="Headline figure that other notices print too."
    )
    same_as: str | None = Field(description="Metric that prints the same quantity elsewhere.")
    part_of: str | None = Field(description="Metric of the set of which this is a printed part.")
    denominator: str | None = Field(description="Metric that is the whole of this share.")
    note: str | None = Field(description="An ambiguity that a careful reader would see.")
    note_en: str | None
    quote: str = Field(description="The whole sentence, as printed.")
    start: Start
    end: End


class MetricRow(MetricFields):
    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    id: str = Field(primary_key=True)
    position: int
    sort_value: float


class MetricTable(MetricRow, table=True):
    __tablename__ = "metric"
    __table_args__ = (
        ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),
        ForeignKeyConstraint(["notice", "category_number"], ["category.notice", "category.number"]),
        ForeignKeyConstraint(["notice", "issue_number"], ["issue.notice", "issue.number"]),
        ForeignKeyConstraint(["notice", "statement_id"], ["statement.notice", "statement.id"]),
        *(
            ForeignKeyConstraint(["notice", r], ["metric.notice", "metric.id"])
            for r in ("same_as", "part_of", "denominator")
        ),
        # All that is counted by, so that the sentence is read only of what is shown.
        Index(
            "ix_metric_facets",
            "notice",
            "category_number",
            "issue_number",
            "section_id",
            "unit_code",
            "nature",
            "qualifier",
            "direction",
            "comparison",
            "period_kind",
            "counted_code",
            "scope",
            "indicator",
        ),
        Index("ix_metric_unit", "unit_code", "sort_value"),
    )


class Metric(MetricFields, Record):
    """One figure. Read `value` with `unit`, `qualifier`, `nature` and what is `counted`; `quote` is the proof."""

    collection = "metrics"
    collection_zh = "数字"
    row = MetricTable
    counted_by = (
        "category_number", "issue_number", "section_id", "unit_code", "nature", "qualifier", "direction", "comparison",
        "period_kind", "counted_code", "scope", "indicator",
    )  # fmt: skip
    quoted = (("quote", "start", "end"),)
    page_path = "/metrics/{id}?notice={notice}"

    qualifier: Annotated[Qualifier, Coded("qualifier")] = Field(
        description="How the words bound the number: 40余 is `more_than` 40."
    )
    nature: Annotated[Nature, Coded("nature")] = Field(description="What sort of number it is; never add two natures.")


class MetricDetail(Cited, Metric):
    """A metric with its citation."""

"""Numerals: every number that the notice prints, each accounted for."""

from typing import Annotated

from sqlmodel import Field, ForeignKeyConstraint, SQLModel

from app.models.record import Cited, End, Record, Start
from app.models.vocabulary import Coded


class NumeralFields(SQLModel):
    id: str
    section_id: str
    text: str = Field(description="As printed.")
    start: Start
    end: End
    metric_id: str | None = Field(description="The metric in whose printed figure it stands; null for other classes.")


class NumeralRow(NumeralFields):
    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    id: str = Field(primary_key=True)
    position: int
    class_: str = Field(sa_column_kwargs={"name": "class"})


class NumeralTable(NumeralRow, table=True):
    __tablename__ = "numeral"
    __table_args__ = (
        ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),
        ForeignKeyConstraint(["notice", "metric_id"], ["metric.notice", "metric.id"]),
    )


class Numeral(NumeralFields, Record):
    """One printed number and what it is."""

    collection = "numerals"
    collection_zh = "数字清点"
    row = NumeralTable

    class_: Annotated[str, Coded("numeral_class")] = Field(
        serialization_alias="class", description="What the number is there for."
    )


class NumeralDetail(Cited, Numeral):
    """A numeral with its citation."""

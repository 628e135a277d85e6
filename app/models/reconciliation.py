"""Reconciliation: what the notice declares beside what is transcribed, and whether the two can be compared."""

from typing import Annotated

from pydantic import BaseModel, Field
from sqlmodel import Field as Column
from sqlmodel import ForeignKeyConstraint, SQLModel

from app.models.decimal import Number
from app.models.record import End, Start
from app.models.vocabulary import Coded


class DeclarationRow(SQLModel, table=True):
    __tablename__ = "declaration"
    __table_args__ = (ForeignKeyConstraint(["notice", "metric_id"], ["metric.notice", "metric.id"]),)

    notice: str = Column(primary_key=True, foreign_key="notice.slug")
    metric_id: str = Column(primary_key=True)
    position: int
    counted_as: str | None
    comparable: bool
    note: str
    note_en: str | None


class Declaration(BaseModel):
    """One total that the notice declares."""

    metric_id: str
    label: str
    label_en: str | None
    declared: Number
    declared_text: str
    declared_text_start: Start
    declared_text_end: End
    quote: str
    start: Start
    end: End
    counted_as: Annotated[str, Coded("counted_as")] | None = Field(
        description="What of the transcription comes nearest to it; null where nothing does."
    )
    transcribed: int | None = Field(description="How many of those are transcribed.")
    comparable: bool = Field(
        description="Whether the two numbers count the same thing. If not, a difference means nothing."
    )
    matches: bool | None = Field(description="Whether they are equal; null where they can't be compared.")
    note: str
    note_en: str | None


class Reconciliation(BaseModel):
    """The proof that nothing is lost: declared against transcribed, and every character and numeral accounted for."""

    notice: str
    uid: str
    url: str
    declarations: list[Declaration]
    numerals: dict[Annotated[str, Coded("numeral_class")], int] = Field(
        description="Printed numbers by class; together all of them."
    )
    statements: dict[Annotated[str, Coded("statement_role")], int] = Field(
        description="Statements by role; together they tile every issue's text."
    )
    measures: dict[Annotated[str, Coded("measure_kind")], int] = Field(description="Measures by kind.")
    characters: int = Field(description="Non-blank characters of the source.")
    characters_in_sections: int = Field(description="Those that sections cover.")
    characters_in_residue: int = Field(description="Those left by the web page, declared no part of the notice.")

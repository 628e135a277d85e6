"""The notice's own outline: parts, headings, numbered points and unnumbered paragraphs."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel
from sqlalchemy import JSON
from sqlmodel import Field, ForeignKeyConstraint, SQLModel

from app.models.record import TRANSLATION, Cited, End, Record, Start
from app.models.vocabulary import Coded


class Label(BaseModel):
    """A label that is printed within a text."""

    text: str
    start: Start
    end: End


class SectionFields(SQLModel):
    id: str = Field(description="From the printed numbers: `s2-3-27` is part 二, (三), point 27.")
    parent_id: str | None = Field(description="The section above; null at the top.")
    depth: int = Field(description="0 at the top.")
    role: Annotated[str, Coded("section_role")]
    marker: str | None = Field(description="The printed number, such as `(一)` or `14.`.")
    marker_start: Start | None
    marker_end: End | None
    title: str | None = Field(description="The heading without its marker and final 。")
    title_start: Start | None
    title_end: End | None
    title_en: str | None = Field(description="Unofficial translation.")
    translation: Annotated[str, Coded("translation")] | None = Field(description=TRANSLATION)
    text: str | None = Field(description="The section's own paragraphs, those below it left out.")
    start: Start | None
    end: End | None


class SectionRow(SectionFields):
    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    id: str = Field(primary_key=True)
    position: int
    labels: list[dict[str, object]] = Field(sa_type=JSON)


class SectionTable(SectionRow, table=True):
    __tablename__ = "section"
    __table_args__ = (ForeignKeyConstraint(["notice", "parent_id"], ["section.notice", "section.id"]),)


class Section(SectionFields, Record):
    """A node of the notice's outline, in its own order."""

    collection = "sections"
    collection_zh = "段落"
    row = SectionTable
    page_path = "/source?notice={notice}#{id}"
    quoted = (("title", "title_start", "title_end"), ("text", "start", "end"))

    labels: list[Label] = Field(description="Run-in labels of the text (整改情况:), which belong to no clause.")

    @classmethod
    def section(cls, record: Mapping[str, Any]) -> str:
        """Return the section's own id."""
        return str(record["id"])


class SectionDetail(Cited, Section):
    """A section with its citation."""

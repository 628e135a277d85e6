"""The headings under which the notice groups its issues."""

from typing import Annotated

from sqlmodel import Field, ForeignKeyConstraint, SQLModel

from app.models.record import TRANSLATION, Cited, End, Record, Start
from app.models.vocabulary import Coded


class CategoryFields(SQLModel):
    number: int
    section_id: str
    framework: Annotated[str, Coded("category_framework")] | None = Field(
        description="The heading's kind, shared by notices; null where none fits."
    )
    marker: str | None
    marker_start: Start | None
    marker_end: End | None
    title: str
    title_start: Start
    title_end: End
    title_en: str | None = Field(description="Unofficial translation; null where a draft has none yet.")
    translation: Annotated[str, Coded("translation")] | None = Field(description=TRANSLATION)
    issue_count: int
    measure_count: int
    metric_count: int


class CategoryRow(CategoryFields, table=True):
    __tablename__ = "category"
    __table_args__ = (ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),)

    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    number: int = Field(primary_key=True)
    position: int


class Category(CategoryFields, Record):
    """A heading that holds issues."""

    collection = "categories"
    collection_zh = "类别"
    row = CategoryRow
    page_path = "/source?notice={notice}#{section_id}"
    key = "number"
    quoted = (("title", "title_start", "title_end"),)


class CategoryDetail(Cited, Category):
    """A category with its citation."""

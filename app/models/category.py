"""The headings under which the notice groups its issues."""

from typing import Annotated, ClassVar

from sqlmodel import Field, ForeignKeyConstraint, SQLModel

from app.models.record import Cited, End, Record, Start
from app.models.vocabulary import Coded


class CategoryFields(SQLModel):
    number: int
    section_id: str
    framework: Annotated[str, Coded("category_framework")] = Field(description="The heading's kind, shared by notices.")
    marker: str | None
    marker_start: Start | None
    marker_end: End | None
    title: str
    title_start: Start
    title_end: End
    title_en: str = Field(description="Unofficial translation.")
    issue_count: int
    measure_count: int
    metric_count: int


class CategoryRow(CategoryFields, table=True):
    __tablename__ = "category"
    __table_args__ = (ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),)

    notice: str = Field(primary_key=True, foreign_key="notice.slug", index=True)
    number: int = Field(primary_key=True)
    position: int
    public_json: str = ""


class Category(Cited, CategoryFields, Record):
    """A heading that holds issues."""

    collection: ClassVar[str] = "categories"
    collection_zh: ClassVar[str] = "类别"
    table: ClassVar[str] = "category"
    key: ClassVar[str] = "number"
    quoted = (("title", "title_start", "title_end"),)

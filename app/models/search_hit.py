"""Hits: what a search finds, and the places where words stand."""

from typing import Annotated, Literal

from pydantic import BaseModel
from sqlmodel import Field

from app.models.record import Collection
from app.models.vocabulary import Component

RecordType = Annotated[Literal["section", "issue", "measure", "metric"], Component("RecordType")]


class Place(BaseModel):
    """A half-open range of code points in the source."""

    start: int
    end: int


class RecordLink(BaseModel):
    """A record, by name and address."""

    type: RecordType
    uid: str
    url: str
    label: str
    label_en: str | None


class Hit(Collection):
    """A passage of the notice that holds the words, with the records there that do."""

    collection = "search"
    collection_zh = "搜索"

    notice: str
    uid: str
    url: str = Field(description="The section in which the passage stands.")
    section_id: str
    issue_number: int | None = Field(description="The issue, where the words stand in its title or text.")
    excerpt: str = Field(description="A stretch of the source around the first mark.")
    excerpt_start: int
    excerpt_end: int
    marks: list[Place] = Field(
        description="Where the words stand in the source; empty if only a label of ours has them."
    )
    records: list[RecordLink] = Field(description="The records that hold every word.")

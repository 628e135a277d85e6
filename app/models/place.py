"""Places: where a document or an organization stands in a notice, and what is said of it there."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlmodel import Field, ForeignKeyConstraint, Index, SQLModel

from app.models.record import End, Record, Start


class Place(SQLModel):
    """A place in the source."""

    section_id: str
    statement_id: str | None = Field(description="The clause in which it stands; null in headings and the like.")
    issue_number: int | None = Field(description="The issue in whose heading or text it stands, if any.")
    text: str = Field(description="As printed there.")
    start: Start
    end: End


class Placed(Record):
    """A record that stands in places, the first of which it is cited by. `place_code` is what their code is called."""

    place: ClassVar[type[Place]]
    place_code: ClassVar[str]

    @classmethod
    def section(cls, record: Mapping[str, Any]) -> str:
        """Return the id of the section of the first place."""
        return str(record["places"][0]["section_id"])


class PlaceRow(Place):
    """`type` and `id` name the record; `position` is the place's number among those of the record."""

    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    type: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    code: str


class PlaceTable(PlaceRow, table=True):
    __tablename__ = "place"
    __table_args__ = (
        ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),
        ForeignKeyConstraint(["notice", "statement_id"], ["statement.notice", "statement.id"]),
        ForeignKeyConstraint(["notice", "issue_number"], ["issue.notice", "issue.number"]),
        Index("ix_place_statement", "notice", "statement_id", "type", "id"),
        {"sqlite_with_rowid": False},
    )

"""Organizations: the bodies that a notice names or singles out, with the part that each plays in every place."""

from typing import Annotated

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.models.place import Place, Placed
from app.models.record import TRANSLATION, Cited, End, Start
from app.models.vocabulary import Coded


class OrganizationFields(SQLModel):
    id: str = Field(description="A readable slug, decided once.")
    name: str = Field(description="As printed; other printed names are other records, since none are merged by guess.")
    start: Start
    end: End
    name_en: str | None = Field(description="Unofficial translation; null where a draft has none yet.")
    translation: Annotated[str, Coded("translation")] | None = Field(description=TRANSLATION)
    type: Annotated[str, Coded("organization_type")]
    named: bool = Field(description="Whether it is named, or only singled out (某镇, 相关部门).")
    parts: list[Annotated[str, Coded("organization_part")]] = Field(
        sa_type=JSON, description="The parts that it plays, each once."
    )
    place_count: int


class OrganizationRow(OrganizationFields):
    """`folded` and `folded_en` are the names as search looks words up in them."""

    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    id: str = Field(primary_key=True)
    position: int
    folded: str
    folded_en: str


class OrganizationTable(OrganizationRow, table=True):
    __tablename__ = "organization"


class OrganizationPlace(Place):
    """A place where a body stands, and the part that it plays there."""

    part: Annotated[str, Coded("organization_part")] = Field(description="The part that it plays there.")


class Organization(OrganizationFields, Placed):
    """A body that the notice names or singles out."""

    collection = "organizations"
    collection_zh = "机构"
    row = OrganizationTable
    counted_by = ("type",)
    place, place_code = OrganizationPlace, "part"
    quoted = (("name", "start", "end"),)
    page_path = "/organizations/{id}?notice={notice}"

    places: list[OrganizationPlace] = Field(description="Every place where it stands.")


class OrganizationDetail(Cited, Organization):
    """An organization with its citation."""

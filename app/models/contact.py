"""Contact: how the notice says that the public can reach its publisher."""

from typing import Annotated

from sqlmodel import Field, ForeignKeyConstraint, SQLModel

from app.models.record import TRANSLATION, Cited, End, Start
from app.models.vocabulary import Coded


class ContactFields(SQLModel):
    id: str
    kind: Annotated[str, Coded("contact_kind")]
    label: str | None = Field(description="The printed words before it; null where there are none.")
    label_start: Start | None
    label_end: End | None
    label_en: str | None = Field(description="Unofficial translation or description; null in some drafts.")
    text: str = Field(description="As printed.")
    start: Start
    end: End
    text_en: str | None = Field(description="Unofficial translation; null where there is nothing to translate.")
    translation: Annotated[str, Coded("translation")] | None = Field(description=TRANSLATION)
    uri: str | None = Field(description="Machine form: `tel:` (RFC 3966) or `mailto:`; null where there is none.")


class ContactRow(ContactFields):
    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    id: str = Field(primary_key=True)
    section_id: str
    position: int


class ContactTable(ContactRow, table=True):
    __tablename__ = "contact"
    __table_args__ = (ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),)


class ContactLine(ContactFields):
    """One way of contact."""


class Contact(SQLModel):
    """Every way of contact that the notice prints, as on its date."""

    notice: str
    uid: str
    url: str
    lines: list[ContactLine]


class ContactDetail(Cited, Contact):
    """Every way of contact, with its citation: from the first line as far as the last."""

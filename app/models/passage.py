"""Passages: the words by which each record is found, folded, and an index of them character by character."""

import unicodedata

from sqlmodel import Field, ForeignKeyConstraint, SQLModel

# Stands for any stretch of blanks in a folded text, so that no word runs across one unseen. It is no character (Unicode
# keeps it for such inner use), so no text has it; a query that does is made to look for what is unreadable instead.
BLANK = "\ufdd0"


def fold(text: str) -> str:
    """The text without differences of width and case (NFKC, case folding); stretches of blanks become one mark."""
    return BLANK.join(unicodedata.normalize("NFKC", text.replace(BLANK, "\ufffd")).casefold().split())


class PassageRow(SQLModel):
    """A record as search sees it: what it is and where it stands. Those of a notice follow one another."""

    rowid: int = Field(primary_key=True)
    type: str
    notice: str = Field(foreign_key="notice.slug", index=True)
    id: str
    record: int
    section_id: str
    label: str
    label_en: str | None
    start: int
    end: int


class PassageTable(PassageRow, table=True):
    __tablename__ = "passage"
    __table_args__ = (ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),)

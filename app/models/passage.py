"""Passages: the texts by which records are found, and how texts are folded for the index."""

import re
import unicodedata

from sqlmodel import Field, ForeignKeyConstraint, SQLModel

# Stands for any stretch of blanks in a folded text, and for the beginning of a word in a folded text of words. It is a
# code point that Unicode keeps for internal use, so no text has it; a query that does is made to find nothing.
BLANK = "\ufdd0"

# What a query may begin with in a language that is written in words, where it ends with a sign or a blank.
_WORD = re.compile(f"[^\\W_]*[^{BLANK}]{BLANK}?")


def fold(text: str) -> str:
    """Return a text without differences of width and case (NFKC, case folding); stretches of blanks become one mark."""
    return BLANK.join(unicodedata.normalize("NFKC", text.replace(BLANK, "\ufffd")).casefold().split())


def fold_words(text: str) -> str:
    """Return a folded text of a language that is written in words, with a mark before each of them and each sign.

    A query for a mark and some letters then finds the words that begin with these: fire-safety by `fire`, not misfire.
    """
    return BLANK.join(["", *_WORD.findall(fold(text))])


class PassageRow(SQLModel):
    """A record as search sees it: what it is and where it stands. Those of a notice follow one another.

    `record` is the rowid of the record in its own table.
    """

    rowid: int = Field(primary_key=True)
    type: str
    notice: str = Field(foreign_key="notice.slug")
    id: str
    record: int
    section_id: str
    start: int
    end: int


class PassageTable(PassageRow, table=True):
    __tablename__ = "passage"
    __table_args__ = (ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),)

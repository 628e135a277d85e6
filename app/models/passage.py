"""Passages: the texts by which records are found, and how texts are folded for the index."""

import re
import unicodedata
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Text, column, table
from sqlmodel import Field, ForeignKeyConstraint, SQLModel

from app.models.notice import ROWS

# Stands for any stretch of blanks in a folded text, and for the beginning of a word in a folded text of words. It is a
# code point that Unicode keeps for internal use, so no text has it; a query that does is made to find nothing.
BLANK = "\ufdd0"

# What a query may begin with in a language that is written in words, where it ends with a sign or a blank.
_WORD = re.compile(f"[^\\W_]*[^{BLANK}]{BLANK}?")

TYPES = ("section", "issue", "measure", "metric")
# Passages of one type that a section may have, and of all types. Those of the section whose row has the number n are
# numbered from (n - 1) * PASSAGES + 1 on, type after type: so the number of a passage tells both.
PASSAGES_OF_TYPE = 1 << 10
PASSAGES = len(TYPES) * PASSAGES_OF_TYPE


def fold(text: str) -> str:
    """Return a text without differences of width and case (NFKC, case folding); stretches of blanks become one mark."""
    return BLANK.join(unicodedata.normalize("NFKC", text.replace(BLANK, "\ufffd")).casefold().split())


def fold_words(text: str) -> str:
    """Return a folded text of a language that is written in words, with a mark before each of them and each sign.

    A query for a mark and some letters then finds the words that begin with these: fire-safety by `fire`, not misfire.
    """
    return BLANK.join(["", *_WORD.findall(fold(text))])


def passage_numbers(section: int) -> tuple[int, int]:
    """Return the first and the last number that a passage of a section may have, given the number of its row."""
    return (section - 1) * PASSAGES + 1, section * PASSAGES


def section_number(passage: Any) -> Any:
    """Return the number of the row of a passage's section, given the passage's own; or the column, given a column."""
    return (passage - 1) // PASSAGES + 1


class PassageRow(SQLModel):
    """A record as search sees it: what it is and where it stands.

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
    __table_args__ = (
        ForeignKeyConstraint(["notice", "section_id"], ["section.notice", "section.id"]),
        {"info": {"rows": ROWS * PASSAGES}},
    )


TEXTS = ("title", "body", "title_en", "body_en")
ENGLISH = ("title_en", "body_en")
# The index of passages. Each database makes it in its own way, of the same texts under the passages' numbers.
PASSAGE_INDEX = table("passage_index", column("rowid", BigInteger), *(column(name, Text) for name in TEXTS))


class Form(NamedTuple):
    """A text that is looked for within some columns of the index."""

    text: str
    columns: tuple[str, ...]
    is_english: bool = False  # looked for at the beginning of a word, and not anywhere


Word = tuple[Form, ...]  # the forms of one word, of which any will do

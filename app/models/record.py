"""What every public record carries: its notice, its name over all notices, its address, and its places and citation."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

import pydantic
from sqlmodel import Field, SQLModel

from app.models.citation import Passage, Work

Start = Annotated[int, pydantic.Field(description="Where it begins in the source: a code point offset.")]
TRANSLATION = (
    "How its English came about: by a machine alone, or by people or looked through by them; null where there is none, "
    "or where that is not said."
)
End = Annotated[int, pydantic.Field(description="Where it ends in the source, exclusive.")]

# Statements are compiled once, and their records served at mounts that are not known then. This placeholder stands for
# one: a code point that Unicode keeps for internal use, so that no text has it.
MOUNT = "\ufdd1"


class Collection(SQLModel):
    """What is listed at an address of its own: the last part of the address, and what it holds in Chinese."""

    collection: ClassVar[str]
    collection_zh: ClassVar[str]


class Record(Collection):
    """A row as the public sees it."""

    row: ClassVar[type[SQLModel]]
    key: ClassVar[str] = "id"
    # Values that rows of the table have which are records of this kind.
    only: ClassVar[dict[str, str]] = {}
    # The fields by whose values records of all notices are counted beforehand; one of `topics` is that of its issue.
    counted_by: ClassVar[tuple[str, ...]] = ()
    page_path: ClassVar[str | None] = None
    # The printed fields that may be cited, the first that is there, each with the fields that tell its place.
    quoted: ClassVar[tuple[tuple[str, str, str], ...]] = (("text", "start", "end"),)

    notice: str = Field(description="Slug of the notice that the record belongs to.")
    uid: str = Field(description="`{notice}/{collection}/{id}`: the record's name, unique over everything.")
    url: str = Field(description="The record's permanent address, path-absolute.")

    @classmethod
    def path(cls, notice: str, key: Any) -> str:
        """Return the path of a record's permanent address."""
        return f"/{cls.collection}/{key}?notice={notice}"

    @classmethod
    def section(cls, record: Mapping[str, Any]) -> str:
        """Return the id of the section in which a record stands."""
        return str(record["section_id"])

    @classmethod
    def page(cls, record: Mapping[str, Any]) -> str | None:
        """Return the address of a record's page for people, below the language; None if it has none."""
        return cls.page_path.format_map(record) if cls.page_path else None

    @classmethod
    def cite(cls, record: Mapping[str, Any], work: Work, base: str) -> dict[str, str]:
        """Return the citations of a record: with its page where it has one; addresses begin with `base`."""
        passage = None
        for text, start, end in cls.quoted:
            if words := record[text]:
                passage = Passage(cls.section(record), words, record[start], record[end])
                break
        return cite(work, passage, base, cls.page(record), cls.path(record["notice"], record[cls.key]))


class Cited(SQLModel):
    """What can be cited by itself."""

    citation: str = Field(description="Ready to be pasted: the notice, the place, the quote, the address, the version.")
    citation_en: str = Field(description="The same in English; the quote stays Chinese.")


def cite(work: Work, passage: Passage | None, base: str, page: str | None, path: str) -> dict[str, str]:
    """Return both citations of a passage, or of the whole notice, with the page in each language or else the data."""
    zh, en = (f"{base}/zh{page}", f"{base}/en{page}") if page else (base + path, base + path)
    return work.cite(passage, zh, en)

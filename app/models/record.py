"""What every public record carries: whose it is, its name over all notices, its address, its places, its citation."""

from typing import Annotated, Any, ClassVar, Self

import pydantic
from sqlmodel import Field, SQLModel

from app.models.citation import Passage, Work

Start = Annotated[int, pydantic.Field(description="Where it begins in the source: a code point offset.")]
End = Annotated[int, pydantic.Field(description="Where it ends in the source, exclusive.")]

# Records are written out once, when the database is built; only then served, at a path and an address that the building
# can't know. These stand for them. They are no characters (Unicode keeps them for such inner use), so no text has them.
ROOT, PUBLIC = "\ufdd1", "\ufdd2"


class Collection(SQLModel):
    """What is listed at an address of its own: the last part of the address, and what it holds in Chinese."""

    collection: ClassVar[str]
    collection_zh: ClassVar[str]


class Cited(SQLModel):
    """What can be cited by itself."""

    citation: str = Field(description="Ready to be pasted: the notice, the place, the quote, the address, the version.")
    citation_en: str = Field(description="The same in English; the quote stays Chinese.")


class Record(Collection):
    """A row as the public sees it."""

    table: ClassVar[str]
    key: ClassVar[str] = "id"
    public_json: ClassVar[str] = "public_json"
    # The printed fields that may be cited, the first that is there, each with the fields that tell its place.
    quoted: ClassVar[tuple[tuple[str, str, str], ...]] = (("text", "start", "end"),)

    notice: str = Field(description="Slug of the notice that the record belongs to.")
    uid: str = Field(description="`{notice}/{id}`: the record's name among those of its kind over all notices.")
    url: str = Field(description="The record's permanent address, path-absolute.")

    @classmethod
    def of(cls, row: Any, work: Work) -> Self:
        """The public record of a table row, with marks where the service's path and public address go."""
        id = getattr(row, cls.key)
        path = f"/{cls.collection}/{id}?notice={row.notice}"
        names = {"uid": f"{row.notice}/{id}", "url": ROOT + path}
        return cls.model_validate(row, update=names | citations(work, cls.passage(row), path))

    @classmethod
    def passage(cls, row: Any) -> Passage | None:
        """What of the source the record is cited by."""
        found = (tuple(getattr(row, name) for name in names) for names in cls.quoted)
        section = getattr(row, "section_id", None) or row.id
        return next((Passage(section, *printed) for printed in found if printed[0]), None)


def citations(work: Work, passage: Passage | None, path: str) -> dict[str, str]:
    """Both citations of what stands at a path of the service."""
    return {"citation": work.cited(passage, PUBLIC + path), "citation_en": work.cited_en(passage, PUBLIC + path)}

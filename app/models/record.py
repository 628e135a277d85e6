"""What every public record carries: whose it is, its name over all notices, its permanent address, its places."""

from typing import Annotated, Any, ClassVar, Self

import pydantic
from sqlmodel import Field, SQLModel

Start = Annotated[int, pydantic.Field(description="Where it begins in the source: a code point offset.")]
End = Annotated[int, pydantic.Field(description="Where it ends in the source, exclusive.")]


class Record(SQLModel):
    """A row as the public sees it."""

    collection: ClassVar[str]
    key: ClassVar[str] = "id"

    notice: str = Field(description="Slug of the notice that the record belongs to.")
    uid: str = Field(description="`{notice}/{id}`: the record's name among those of its kind over all notices.")
    url: str = Field(description="The record's permanent address, path-absolute.")

    @classmethod
    def of(cls, row: Any, root: str, **more: Any) -> Self:
        """The public record of a table row; `root` is the path under which the service is mounted."""
        id = getattr(row, cls.key)
        url = f"{root}/{cls.collection}/{id}?notice={row.notice}"
        return cls.model_validate(row, update={"uid": f"{row.notice}/{id}", "url": url, **more})

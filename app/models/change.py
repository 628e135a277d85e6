"""Changes: the releases of the data, and the corrections that came with each."""

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class ReleaseFields(SQLModel):
    """A state of the data that was published."""

    day: date = Field(description="The day of the release (UTC), which `Last-Modified` gives.")
    data_version: str = Field(description="Hash of all that was loaded, as in `/notice`.")
    summary: str = Field(description="What changed, in Chinese.")
    summary_en: str = Field(description="What changed, in English.")


class ReleaseRow(ReleaseFields, table=True):
    __tablename__ = "release"

    day: date = Field(primary_key=True)


class CorrectionFields(SQLModel):
    """A value that was published and was wrong, with the one that replaced it."""

    field: str | None = Field(description="Which field was wrong; null where the whole record was withdrawn.")
    old: Any = Field(sa_type=JSON, description="What was published before.")
    new: Any = Field(sa_type=JSON, description="What is right; null if nothing is.")
    day: date = Field(description="When it was corrected.")
    why: str = Field(description="The reason, in Chinese.")
    why_en: str = Field(description="The reason, in English.")


class CorrectionRow(CorrectionFields, table=True):
    __tablename__ = "correction"

    release: date = Field(primary_key=True, foreign_key="release.day")
    position: int = Field(primary_key=True)
    uid: str
    path: str | None  # at which the record is answered with; null where it was withdrawn


class _Addressed(SQLModel):
    uid: str = Field(description="The record's name: `{notice}/{collection}/{id}`, `{notice}` or `glossary/{id}`.")
    url: str | None = Field(description="The record's address, path-absolute; null where it was withdrawn.")


class Correction(CorrectionFields, _Addressed):
    """A value that was published and was wrong, with the one that replaced it."""


class Release(ReleaseFields):
    """A state of the data, and what was corrected since the one before."""

    corrections: list[Correction]


def record_path(uid: str) -> str:
    """Return the path at which the API answers with the record that a uid names."""
    first, _, rest = uid.partition("/")
    collection, _, id = rest.partition("/")
    if first == "glossary":
        return f"/glossary/{rest}"
    if first == "vocabularies":
        return "/vocabularies"
    if not rest:
        return f"/notice?notice={first}"
    # These are one object a notice.
    path = collection if collection in ("contact", "reconciliation") else f"{collection}/{id}"
    return f"/{path}?notice={first}"

"""The layout of `releases.json`: every release of the data, oldest first, with the corrections that came with it."""

from typing import Annotated, Any

from pydantic import StringConstraints

from app.transcription.layout.types import Chinese, Day, English, StrictModel, Text

Uid = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9_-]+){0,2}$")]
DataVersion = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Correction(StrictModel):
    """A change of what was published before; `field`, `old` and `new` are written as the API answers them.

    `field` and `new` are null where the record itself was withdrawn; `old` is then what describes it best.
    """

    uid: Uid
    field: Text | None
    old: Any
    new: Any
    day: Day
    why: Chinese
    why_en: English


class Release(StrictModel):
    """A state of the data, named by its hash, and what changed since the one before."""

    day: Day
    data_version: DataVersion
    summary: Chinese
    summary_en: English
    corrections: list[Correction]

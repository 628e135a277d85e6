"""The layout of `guesses.json`: what a program guessed in a draft, and nobody has looked at yet."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from app.transcription.layout.types import StrictModel, Text, require_number

# `notice`, or the collection and the id or number of a record, as in `statements/m14-3`.
RecordPath = Annotated[str, StringConstraints(pattern=r"^(notice|[a-z]+/[a-z0-9-]+)$")]
Confidence = Annotated[Decimal, Field(strict=False, ge=0, le=1), BeforeValidator(require_number)]


class Guess(StrictModel):
    """A value that a program wrote into a field of a record: how sure it was, by which rule, and its next choices.

    One that a person has looked at is removed from the file.
    """

    record: RecordPath
    field: Text
    value: Any
    confidence: Confidence
    rule: Text
    alternatives: list[Any] = []


class Guesses(StrictModel):
    """All that is still to be looked at."""

    guesses: list[Guess]

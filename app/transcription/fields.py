"""The kinds of field that a transcription is written in: strict, so that a slip is not taken for something else."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag

from app.models.number import MOST_DIGITS


class Shape(BaseModel):
    """Every key is required, so that leaving one out is a slip and null is a decision; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Selector(Shape):
    """A quote told apart from its twins by its neighbours (W3C TextQuoteSelector)."""

    exact: Annotated[str, Field(min_length=1)]
    prefix: str | None = None
    suffix: str | None = None


Text = Annotated[str, Field(min_length=1)]
English = Annotated[str, Field(min_length=1)]
# The names under which pydantic reports the two ways of writing a quote; they are no keys of the file.
ALTERNATIVES = ("words", "selector")
Quote = Annotated[
    Annotated[Text, Tag("words")] | Annotated[Selector, Tag("selector")],
    Discriminator(lambda quote: "selector" if isinstance(quote, dict | Selector) else "words"),
]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Number = Annotated[int, Field(ge=1, le=999_999)]


def _only(kinds: type | tuple[type, ...], what: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise ValueError(f"{what} is wanted")
        return value

    return BeforeValidator(check)


Day = Annotated[date, Field(strict=False), _only((str, date), "a day as YYYY-MM-DD")]
Exact = Annotated[Decimal, Field(strict=False, max_digits=MOST_DIGITS), _only((int, Decimal), "a number")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

"""The kinds of field that a transcription is written in: strict, so that a slip is not taken for something else."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag

from app.models.decimal import MOST_DIGITS


class Shape(BaseModel):
    """Every key is required, so that leaving one out is a slip and null is a decision; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


@dataclass(frozen=True)
class Written:
    """Marks a field of our own words with the language that they must be in."""

    language: Literal["zh", "en"]


Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Chinese = Annotated[str, Field(min_length=1), Written("zh")]
English = Annotated[str, Field(min_length=1), Written("en")]


class Selector(Shape):
    """A quote told apart from its twins by its neighbours (W3C TextQuoteSelector)."""

    exact: Text
    prefix: Text | None = None
    suffix: Text | None = None

    @property
    def words(self) -> str:
        """The quote with its neighbours."""
        return (self.prefix or "") + self.exact + (self.suffix or "")


# The names under which pydantic reports the two ways of writing a quote; they are no keys of the file.
ALTERNATIVES = ("words", "selector")
Quote = Annotated[
    Annotated[Text, Tag("words")] | Annotated[Selector, Tag("selector")],
    Discriminator(lambda quote: "selector" if isinstance(quote, dict | Selector) else "words"),
]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Number = Annotated[int, Field(ge=1, le=999_999)]


def _day(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("a day as YYYY-MM-DD is wanted")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("a number is wanted")
    return value


Day = Annotated[date, Field(strict=False), BeforeValidator(_day)]
Exact = Annotated[Decimal, Field(strict=False, max_digits=MOST_DIGITS), BeforeValidator(_number)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

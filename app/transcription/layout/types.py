"""The field types of the seed's files. All are strict, so that no error passes for another valid value."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag

from app.models.decimal import MOST_DIGITS


class StrictModel(BaseModel):
    """A JSON object; unknown keys are errors. Keys that may be null may be left out.

    The canonical form writes every key but those of `sparse`, which it leaves out where they hold their default: what
    few notices print.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    sparse: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Language:
    """Marks a field of editorial text, as opposed to quotes, with the language in which it must be written."""

    code: Literal["zh", "en"]


@dataclass(frozen=True)
class Published:
    """Marks a field that may be empty in a draft, but in no published notice."""


Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Chinese = Annotated[str, Field(min_length=1), Language("zh")]
English = Annotated[str, Field(min_length=1), Language("en")]
# English that a draft may still lack.
DraftEnglish = Annotated[English | None, Published()]


class Selector(StrictModel):
    """A quote with the text before or after it, where the quote alone is ambiguous (W3C TextQuoteSelector)."""

    sparse = frozenset({"prefix", "suffix"})

    exact: Text
    prefix: Text | None = None
    suffix: Text | None = None

    @property
    def in_context(self) -> str:
        """The quote between its prefix and its suffix."""
        return (self.prefix or "") + self.exact + (self.suffix or "")


# Pydantic puts these tags into the locations of its errors; they are no keys of the file.
QUOTE_TAGS = ("words", "selector")
Quote = Annotated[
    Annotated[Text, Tag("words")] | Annotated[Selector, Tag("selector")],
    Discriminator(lambda quote: "selector" if isinstance(quote, dict | Selector) else "words"),
]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Number = Annotated[int, Field(ge=1, le=999_999)]


def _require_iso_date(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("expected a date as YYYY-MM-DD")
    return value


def require_number(value: Any) -> Any:
    """Return a number of JSON; raise `ValueError` for anything else, such as a number in quotation marks."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("expected a number")
    return value


Day = Annotated[date, Field(strict=False), BeforeValidator(_require_iso_date)]
Exact = Annotated[Decimal, Field(strict=False, max_digits=MOST_DIGITS), BeforeValidator(require_number)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

"""Exact decimals: text in SQLite, which has none, and plain numbers in JSON."""

import json
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainSerializer, WithJsonSchema
from sqlalchemy import Dialect, String, TypeDecorator

# A double prints any decimal of so many significant digits back just as it was; the checker holds figures to it.
MOST_DIGITS = 15
_decode = json.JSONDecoder(parse_float=Decimal).decode  # `json.loads` makes a decoder for each call


def as_json(value: Decimal) -> int | float:
    """The JSON number of an exact decimal, without a point where it is integral."""
    return int(value) if value == value.to_integral_value() else float(value)


def parse_json(text: str | bytes) -> Any:
    """Return the value of a JSON text with every number exact: an int, or a Decimal where there is a point."""
    return _decode(text) if isinstance(text, str) else json.loads(text, parse_float=Decimal)


def parse_number(text: str) -> int | Decimal:
    """Return the value of an exact decimal's text, as `parse_json` has it."""
    return Decimal(text) if "." in text else int(text)


def _serialize(value: Any) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{value!r} can't be written as JSON")
    return as_json(value)


# Returns a value as JSON on one line without blanks; decimals become numbers.
format_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_serialize).encode
Number = Annotated[Decimal, PlainSerializer(as_json, return_type=int | float), WithJsonSchema({"type": "number"})]


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept as its exact text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value.normalize():f}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)

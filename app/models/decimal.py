"""Exact decimals: text in SQLite, which has none, and plain numbers in JSON."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainSerializer, WithJsonSchema
from sqlalchemy import Dialect, String, TypeDecorator

# A double prints any decimal of so many significant digits back just as it was; the checker holds figures to it.
MOST_DIGITS = 15


def as_json(value: Decimal) -> int | float:
    """The JSON number of an exact decimal, without a point where it is integral."""
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(as_json, return_type=int | float), WithJsonSchema({"type": "number"})]


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept as its exact text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value.normalize():f}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)

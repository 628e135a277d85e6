"""Records as JSON text, their numbers exact."""

import json
from decimal import Decimal
from typing import Any

from app.models.decimal import as_json


def compact(value: Any) -> str:
    """The value as JSON on one line, without blanks and with its characters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_number)


def parsed(text: str | bytes) -> Any:
    """What a JSON text says, with every number exact: int, or Decimal where there is a point."""
    return json.loads(text, parse_float=Decimal)


def _number(value: Any) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{value!r} is no JSON")
    return as_json(value)

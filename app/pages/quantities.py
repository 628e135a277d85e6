"""Quantities in English: a number with its unit, or with what is counted where the Chinese unit is a classifier."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.models.metric import CLASSIFIERS

Record = dict[str, Any]
Label = Callable[[str, str], str]

# Units without a plural in English.
_INVARIABLE = {"yuan", "mu"}


def english_quantity(metric: Record, number: str, value: Decimal | float, label: Label) -> str:
    """Return a number with its noun and, of a frequency, the time in which it recurs: `4 meetings a quarter`.

    `number` is how `value` is to be shown, and `label` returns the label of a code of a vocabulary. What is counted is
    translated in the plural, so that after 1 it stands in brackets.
    """
    recurs = f" {label('per', metric['per'])}" if metric["per"] else ""
    single = abs(value) == 1
    unit, counted = metric["unit_code"], metric["counted_en"]
    if unit is None or unit in CLASSIFIERS:
        return f"{number}{recurs} ({counted})" if single else f"{number} {counted}{recurs}"
    if unit == "percent":
        return f"{number}%{recurs}"
    plural = "" if single or unit in _INVARIABLE else "s"
    return f"{number} {label('unit', unit)}{plural}{recurs}"

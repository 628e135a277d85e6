"""Quantities in English: a number with its unit, or with what is counted where the Chinese unit is a classifier."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.models.metric import CLASSIFIERS

Record = dict[str, Any]
Label = Callable[[str, str], str]

# Units without a plural in English.
_INVARIABLE = {"yuan", "mu"}
_SIGNS = {"percent": "%", "per_mille": "‰", "times": " times"}
_BOUNDS = {
    "exact": "",
    "more_than": "more than ",
    "at_least": "at least ",
    "less_than": "less than ",
    "at_most": "at most ",
    "about": "about ",
    "between": "from ",
}
_POWERS = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))


def english_quantity(metric: Record, number: str, value: Decimal | float, label: Label) -> str:
    """Return a number with its noun and, of a frequency, the time in which it recurs: `4 meetings a quarter`.

    `number` is how `value` is to be shown, and `label` returns the label of a code of a vocabulary. What is counted is
    translated in the plural, so that after 1 it stands in brackets.
    """
    recurs = f" {label('per', metric['per'])}" if metric["per"] else ""
    single = abs(value) == 1
    unit, counted = metric["unit_code"], metric["counted_en"] or label("counted", metric["counted_code"])
    if unit is None or unit in CLASSIFIERS:
        return f"{number}{recurs} ({counted})" if single else f"{number} {counted}{recurs}"
    if unit in _SIGNS:
        return f"{number}{_SIGNS[unit]}{recurs}"
    if unit == "fraction":
        return f"{'' if round(value, 3) == value else 'about '}{round(value, 3)} of the whole{recurs}"
    plural = "" if single or unit in _INVARIABLE else "s"
    return f"{number} {label('unit', unit)}{plural}{recurs}"


def english_value(metric: Record, label: Label, *, noun: bool = False) -> str:
    """Return a figure as an English text prints one: `more than 40`, `937 million yuan`.

    The noun after a number without a unit (`more than 40 collaborations`) is left to the label beside it, or is there.
    """
    value, unit = metric["normalized_value"], metric["unit_code"]
    number = _english_range(metric) if metric["qualifier"] == "between" else english_bound(metric["qualifier"], value)
    if not noun and (unit is None or unit in CLASSIFIERS):
        return f"{number} {label('per', metric['per'])}" if metric["per"] else number
    return english_quantity(metric, number, value, label)


def _english_range(metric: Record) -> str:
    return f"{english_number(metric['lower'])} to {english_number(metric['upper'])}"


def english_bound(qualifier: str, value: Decimal | float) -> str:
    """Return a number without its unit, and with the bound that it is: `more than 40`."""
    return _BOUNDS[qualifier] + english_number(value)


def english_number(value: Decimal | float) -> str:
    """Return a number in English, in millions and more where these leave three digits behind the point at most."""
    exact, sign = Decimal(str(abs(value))), "\N{MINUS SIGN}" if value < 0 else ""
    for power, word in _POWERS:
        scaled = exact / power
        if scaled >= 1 and scaled == round(scaled, 3):
            return f"{sign}{scaled.normalize():,f}{word}"
    return f"{sign}{exact:,f}"

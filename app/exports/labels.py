"""Column labels: the name of every field in Chinese and English, for spreadsheets and descriptors."""

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("column_labels.json")
_SUFFIXES = {"_start": ("起点", "starts at"), "_end": ("终点", "ends at")}


@cache
def column_labels() -> dict[str, dict[str, tuple[str, str]]]:
    """Return the Chinese and English labels by record and field; the record `*` holds those that all records share."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return {record: {name: (zh, en) for name, (zh, en) in fields.items()} for record, fields in content.items()}


def labelled_name(model: type) -> str:
    """Return the name under which a model's own labels stand: its own, or that of the model that it extends."""
    return next((base.__name__ for base in model.__mro__ if base.__name__ in column_labels()), model.__name__)


def column_label(record: str, field: str) -> tuple[str, str]:
    """Return the Chinese and English label of a record's field. Raise KeyError for a field without one.

    The offsets `x_start` and `x_end` need no label of their own: they are labelled after the field `x`.
    """
    for labels in (column_labels().get(record, {}), column_labels()["*"]):
        if field in labels:
            return labels[field]
    for suffix, (zh, en) in _SUFFIXES.items():
        if field.endswith(suffix):
            field_zh, field_en = column_label(record, field.removesuffix(suffix))
            return f"{field_zh}{zh}", f"{field_en} {en}"
    raise KeyError(f"{record}.{field} has no label in {FILE.name}")

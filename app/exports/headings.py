"""Headings: every field's name in Chinese and English, for spreadsheets, descriptors and pages."""

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".json")
_PLACES = {"_start": ("起点", "starts at"), "_end": ("终点", "ends at")}


@cache
def headings() -> dict[str, dict[str, tuple[str, str]]]:
    """Chinese and English by field: those of all records under `*`, those of one that differ under its name."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return {record: {name: (zh, en) for name, (zh, en) in fields.items()} for record, fields in content.items()}


def heading(record: str, field: str) -> tuple[str, str]:
    """The heading of a record's field, Chinese first; the place of a printed field is called after that field."""
    for fields in (headings().get(record, {}), headings()["*"]):
        if field in fields:
            return fields[field]
    for suffix, (zh, en) in _PLACES.items():
        if field.endswith(suffix):
            of_zh, of_en = heading(record, field.removesuffix(suffix))
            return f"{of_zh}{zh}", f"{of_en} {en}"
    raise KeyError(f"{record}.{field} has no heading in {FILE.name}")

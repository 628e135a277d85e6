"""The table that every format writes: its columns, read from the record's model, and where the records come from.

The columns have labels in Chinese and English, for spreadsheets and descriptors.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel

FILE = Path(__file__).with_name("column_labels.json")
_SUFFIXES = {"_start": ("起点", "starts at"), "_end": ("终点", "ends at")}

Kind = Literal["text", "integer", "number", "boolean", "date", "list", "json"]
Language = Literal["zh", "en"]
Schema = Mapping[str, Any]

# A record's public JSON as a dict: numbers are int or Decimal, dates are ISO 8601 text.
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One field of a record. The kind `list` is an array of scalars, `json` is anything nested."""

    name: str
    kind: Kind
    nullable: bool
    zh: str
    en: str
    description: str = ""
    vocabulary: str | None = None

    def label(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class NoticeSource:
    """A notice that records are taken from, with its rights; what it does not state is empty."""

    stage: str
    title: str
    title_en: str
    date: str
    source_name: str
    source_url: str
    rights: str
    rights_en: str
    transcription_license: str

    @classmethod
    def of(cls, notice: Record) -> Self:
        """Return the source described by a notice's public record."""
        return cls(**{field.name: str(notice[field.name] or "") for field in fields(cls)})


@dataclass(frozen=True)
class About:
    """Where records come from: their notices, the version of the data, the URL of the query."""

    notices: Sequence[NoticeSource] = ()
    data_version: str = ""
    url: str = ""


@dataclass(frozen=True)
class Table:
    """What a format needs beside the records. `columns` may be any of the record's fields, in any order.

    `language` is that of the headings: without one, CSV is headed by the fields' names and a workbook is Chinese.
    `bom` makes CSV fit to be opened in Excel: a byte order mark in front, and no text that would run as a formula.
    """

    columns: Sequence[Column]
    about: About = About()
    language: Language | None = None
    bom: bool = False


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


@cache
def columns_of(model: type[BaseModel]) -> tuple[Column, ...]:
    """Return the columns of a record's public JSON, in the order of the model's fields."""
    properties = model.model_json_schema(mode="serialization")["properties"]
    record = labelled_name(model)
    return tuple(_column(record, name, schema) for name, schema in properties.items())


def select_columns(model: type[BaseModel], names: Sequence[str] | None = None) -> tuple[Column, ...]:
    """Return the named columns in the given order, all of them for None. Raise KeyError for an unknown name."""
    if names is None:
        return columns_of(model)
    by_name = {column.name: column for column in columns_of(model)}
    return tuple(by_name[name] for name in names)


def _column(record: str, name: str, schema: Schema) -> Column:
    alternatives = schema.get("anyOf", [schema])
    not_null = [alternative for alternative in alternatives if alternative.get("type") != "null"]
    value = not_null[0]
    return Column(
        name,
        _kind(value),
        len(not_null) < len(alternatives),
        *column_label(record, name),
        schema.get("description", ""),
        schema.get("x-vocabulary") or value.get("x-vocabulary") or value.get("items", {}).get("x-vocabulary"),
    )


def _kind(schema: Schema) -> Kind:
    if schema.get("format") == "date":
        return "date"
    if schema.get("type") == "array":
        return "json" if "$ref" in schema["items"] else "list"
    scalars: dict[Any, Kind] = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}
    return scalars.get(schema.get("type"), "json")

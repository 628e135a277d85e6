"""A table to be written: its columns, where it comes from, and the one interface of all file forms."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

Kind = Literal["text", "integer", "number", "boolean", "date", "list", "json"]
Language = Literal["zh", "en"]

# A record's public JSON as a dict: numbers are int or Decimal, dates are ISO 8601 text.
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One field of a record: `list` is an array of scalars, `json` anything nested."""

    name: str
    kind: Kind
    nullable: bool
    zh: str
    en: str
    description: str = ""
    vocabulary: str | None = None

    def heading(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Origin:
    """A notice that the records are taken from."""

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
        """That of a notice's public record."""
        return cls(**{field.name: str(notice[field.name]) for field in fields(cls)})


@dataclass(frozen=True)
class About:
    """Where records come from: the notices, the state of the data, the address that was asked."""

    origins: Sequence[Origin]
    data_version: str
    address: str


@dataclass(frozen=True)
class Table:
    """All that a file form needs beside the records; `excel` makes CSV fit for being opened by double click."""

    columns: Sequence[Column]
    about: About
    language: Language = "zh"
    excel: bool = False


@dataclass(frozen=True)
class Format:
    """A file form. `write` yields the file in chunks of bytes, in memory that does not grow with the records."""

    media_type: str
    suffix: str
    write: Callable[[Iterable[Record], Table], Iterator[bytes]] = field(repr=False)

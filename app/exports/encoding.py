"""Encoding: values as text, lines as chunks of bytes, file names as a header."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from app.models.decimal import format_json

CHUNK_SIZE = 64 * 1024


def to_text(value: Any, kind: str) -> str:
    """Return a value other than null as text.

    Numbers have no exponent, booleans are `true` and `false`, the items of a list are joined by `|`, and anything
    nested is its JSON.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return "|".join(to_text(item, "text") for item in value) if kind == "list" else format_json(value)


def encode_chunks(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the lines in UTF-8, gathered into chunks of at least `CHUNK_SIZE` characters (the last may be shorter)."""
    chunk, length = [], 0
    for line in lines:
        chunk.append(line)
        length += len(line)
        if length >= CHUNK_SIZE:
            yield "".join(chunk).encode()
            chunk, length = [], 0
    if chunk:
        yield "".join(chunk).encode()


def content_disposition(name: str, ascii_name: str) -> str:
    """Return the Content-Disposition (RFC 6266) of a download, with an ASCII name for clients without `filename*`.

    Raise ValueError if `ascii_name` is not ASCII.
    """
    plain = "".join(character if character.isalnum() or character in "-._" else "-" for character in ascii_name)
    if not plain.isascii():
        raise ValueError(f"{ascii_name!r} is not ASCII")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"

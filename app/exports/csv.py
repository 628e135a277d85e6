"""CSV: RFC 4180 in UTF-8, headed by the fields' names.

Null is the empty field (an empty text would be `""`). `app.exports.encoding.to_text` says how other values are written.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from app.exports.encoding import encode_chunks, to_text
from app.exports.table import Record, Table

BOM = "\ufeff"
QUOTE = '"'
# Spreadsheets take text that begins so for a formula. They take the fullwidth characters as well as the ASCII ones.
_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")  # noqa: RUF001


def write(records: Iterable[Record], table: Table) -> Iterator[bytes]:
    """Yield a header line, then a line a record.

    `table.bom` adds a byte order mark, and puts `'` before text that looks like a formula.
    """
    return encode_chunks(_lines(records, table))


def _lines(records: Iterable[Record], table: Table) -> Iterator[str]:
    header = [column.label(table.language) if table.language else column.name for column in table.columns]
    yield f"{BOM if table.bom else ''}{_line(header)}"
    names = [column.name for column in table.columns]
    # Those whose values are not written as Python has them.
    others = [(n, column.kind) for n, column in enumerate(table.columns) if column.kind in ("boolean", "list", "json")]
    for record in records:
        values = [record[name] for name in names]
        for n, kind in others:
            if (value := values[n]) is not None:
                values[n] = to_text(value, kind) if value != [] or kind == "json" else None
        if table.bom:
            values = [f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value for value in values]
        yield _line(values)


def _line(values: Iterable[Any]) -> str:
    """Return values as a line. The standard library's writer takes longer, and empty texts for null."""
    cells = ["" if value is None else _quoted(value) if isinstance(value, str) else str(value) for value in values]
    return f"{','.join(cells)}\r\n"


def _quoted(text: str) -> str:
    if text and not ("," in text or QUOTE in text or "\n" in text or "\r" in text):
        return text
    return f'"{text.replace(QUOTE, QUOTE * 2)}"'

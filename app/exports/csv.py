"""CSV: RFC 4180 in UTF-8, headed by the fields' names.

Null is the empty field (an empty text would be `""`). `app.exports.encoding.to_text` says how other values are written.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
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
    line: list[str] = []
    writer = csv.writer(SimpleNamespace(write=line.append))
    header = [column.label(table.language) if table.language else column.name for column in table.columns]
    writer.writerow(header)
    yield f"{BOM if table.bom else ''}{line.pop()}"
    names = [column.name for column in table.columns]
    # What the writer would not write as `to_text` does.
    others = [(n, column.kind) for n, column in enumerate(table.columns) if column.kind in ("boolean", "list", "json")]
    for record in records:
        values = [record[name] for name in names]
        for n, kind in others:
            if (value := values[n]) is not None:
                values[n] = to_text(value, kind) if value != [] or kind == "json" else None
        if table.bom:
            values = [f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value for value in values]
        if "" in values:
            yield _with_empty_texts(values)
        else:
            writer.writerow(values)
            yield line.pop()


def _with_empty_texts(values: list[Any]) -> str:
    """Return a line in which empty texts are told from null, which the writer can't do before Python 3.12."""
    texts = ["" if value is None else to_text(value, "text") for value in values]
    quoted = (
        f'"{text.replace(QUOTE, QUOTE * 2)}"' if value is not None else ""
        for text, value in zip(texts, values, strict=True)
    )
    return f"{','.join(quoted)}\r\n"

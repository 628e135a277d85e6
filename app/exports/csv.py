"""CSV: RFC 4180 in UTF-8, headed by the fields' names.

Null is the empty field (an empty text would be `""`). `app.exports.encoding.to_text` says how other values are written.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from app.exports.encoding import encode_chunks, to_text
from app.exports.table import Record, Table

BOM = "\ufeff"
QUOTE = '"'
_NEEDS_QUOTES = re.compile(r'^$|[",\r\n]')
# Spreadsheets take text that begins so for a formula. They take the fullwidth characters as well as the ASCII ones.
_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")  # noqa: RUF001


def write(records: Iterable[Record], table: Table) -> Iterator[bytes]:
    """Yield a header line, then a line a record.

    `table.bom` adds a byte order mark, and puts `'` before text that looks like a formula.
    """
    return encode_chunks(_lines(records, table))


def _lines(records: Iterable[Record], table: Table) -> Iterator[str]:
    language = table.language
    header = [column.label(language) if language else column.name for column in table.columns]
    yield f"{BOM if table.bom else ''}{','.join(_field(label, 'text', False) for label in header)}\r\n"
    columns = [(column.name, column.kind) for column in table.columns]
    for record in records:
        yield ",".join(_field(record[name], kind, table.bom) for name, kind in columns) + "\r\n"


def _field(value: Any, kind: str, guard: bool) -> str:
    if value is None or (value == [] and kind == "list"):
        return ""
    text = to_text(value, kind)
    if guard and not isinstance(value, int | Decimal) and _FORMULA.match(text):
        text = f"'{text}"
    return f'"{text.replace(QUOTE, QUOTE * 2)}"' if _NEEDS_QUOTES.search(text) else text

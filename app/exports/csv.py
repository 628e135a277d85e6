"""CSV: RFC 4180 in UTF-8, headed by the fields' names.

Null is the empty field (an empty text would be `""`), an array of scalars is joined by `|`, booleans are `true` and
`false`, and what is nested is its JSON.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from app.exports.chunks import chunks
from app.exports.json_text import compact
from app.exports.table import Record, Table

BOM = "\ufeff"
QUOTE = '"'
_QUOTED = re.compile(r'^$|[",\r\n]')
# What a spreadsheet would take for a formula, in both widths.
_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")  # noqa: RUF001


def write(records: Iterable[Record], table: Table) -> Iterator[bytes]:
    """A line of names, then a line a record. `excel` adds a BOM and puts `'` before text that looks like a formula."""
    return chunks(_lines(records, table))


def plain(value: Any, kind: str) -> str:
    """A value that is not null as text: a number without exponent, scalars of a list joined, what is nested as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return "|".join(plain(item, "text") for item in value) if kind == "list" else compact(value)


def _lines(records: Iterable[Record], table: Table) -> Iterator[str]:
    names = ",".join(column.name for column in table.columns)
    yield f"{BOM if table.excel else ''}{names}\r\n"
    columns = [(column.name, column.kind) for column in table.columns]
    for record in records:
        yield ",".join(_field(record[name], kind, table.excel) for name, kind in columns) + "\r\n"


def _field(value: Any, kind: str, guard: bool) -> str:
    if value is None or (value == [] and kind == "list"):
        return ""
    text = plain(value, kind)
    if guard and not isinstance(value, int | Decimal) and _FORMULA.match(text):
        text = f"'{text}"
    return f'"{text.replace(QUOTE, QUOTE * 2)}"' if _QUOTED.search(text) else text

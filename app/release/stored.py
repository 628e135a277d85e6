"""The columns of the SQLite file's tables: the release's own and keys between them, what is read first in front."""

from dataclasses import dataclass

from app.exports.table import Column
from app.release.tables import ReleaseTable

_TYPES = {"integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
# Codes whose vocabulary has the column's own name, because their arithmetic stands in code.
_NAMED = ("qualifier", "nature")


@dataclass(frozen=True)
class Stored:
    """A column: what it is of a record (`of`), and as a reference, the uid of the row that this names."""

    name: str
    definition: str
    of: str
    uid: bool = False


def stored_columns(table: ReleaseTable) -> list[Stored]:
    """All but `position`, which comes last: what a row says, then what it belongs to, then keys, then places."""
    own = [_own(table, column) for column in table.columns]
    names = {column.name for column in table.columns}
    uid = [] if "uid" in names else [Stored("uid", "TEXT PRIMARY KEY", "", True)]
    references = [
        Stored(uid_column(name), f"TEXT REFERENCES {quoted(referred)} (uid)", name, True)
        for name, referred in table.references().items()
    ]
    return sorted([*uid, *own, *references], key=lambda stored: _rank(table, stored))


def label_column(table: ReleaseTable) -> str:
    """The column that says what a row is: where some rows have none, one that falls back on their key."""
    column = table.column(table.label)
    return "name" if column and column.nullable else table.label


def vocabulary_of(column: Column) -> str | None:
    """The vocabulary, a table of its own, that a column's codes are of."""
    if column.kind == "list":
        return None
    return column.vocabulary or (column.name if column.name in _NAMED else None)


def uid_column(reference: str) -> str:
    """The column that holds the uid of what another names by its id or number."""
    return f"{reference.removesuffix('_id').removesuffix('_number')}_uid"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _own(table: ReleaseTable, column: Column) -> Stored:
    key = " PRIMARY KEY" if column.name == "uid" else "" if column.nullable else " NOT NULL"
    definition = f"{_TYPES.get(column.kind, 'TEXT')}{key}{_reference(table, column)}"
    return Stored(column.name, definition, column.name)


def _reference(table: ReleaseTable, column: Column) -> str:
    if column.name == "notice" and table.name != "notices":
        return " REFERENCES notices (uid)"
    if column.name == "vocabulary":
        return " REFERENCES vocabularies (uid)"
    if column.name == "entry_id":
        return " REFERENCES glossary (uid)"
    vocabulary = vocabulary_of(column)
    return f" REFERENCES {quoted(vocabulary)} (code)" if vocabulary else ""


def _rank(table: ReleaseTable, stored: Stored) -> int:
    first = ["uid", "number", "marker", table.label]
    if stored.name in first:
        return first.index(stored.name)
    if stored.uid:
        return len(first) + 1
    if stored.name in ("notice", "url", *table.key, *table.references()):
        return len(first) + 2
    if stored.name.startswith("citation"):
        return len(first) + 3
    return len(first) + (4 if stored.name.endswith(("start", "end")) and "period_" not in stored.name else 0)

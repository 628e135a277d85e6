"""The canonical form of `notice.json`: keys in the order of the layout, ids filled in, so that changes read well."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_json

from app.models.decimal import as_json
from app.transcription.files import read_json, write_text
from app.transcription.findings import Findings, InvalidSeed
from app.transcription.layout.notice import Transcription

_TRANSCRIPTION = TypeAdapter(Transcription)
# The first letter of a statement's id, by its role.
_LETTERS = {"measure": "m", "outcome": "o", "commitment": "c"}


def format_notice(path: Path) -> bool:
    """Put a `notice.json` into its canonical form; return whether that changed it.

    Raise `InvalidSeed` where the file has not the layout of a transcription; nothing is written then.
    """
    findings = Findings(path)
    transcription = read_json(path, _TRANSCRIPTION, findings, prepare=with_ids)
    if transcription is None:
        raise InvalidSeed(findings)
    text = canonical_text(transcription)
    if text.encode() == path.read_bytes():
        return False
    write_text(path, text)
    return True


def canonical_text(content: BaseModel) -> str:
    """Return the canonical text of a transcription, or of another file of the seed."""
    # The same bytes as of `json.dumps` with an indent, which is pure Python and takes many times as long.
    return to_json(_canonical(content), indent=2).decode() + "\n"


def _canonical(value: Any) -> Any:
    match value:
        case BaseModel():
            sparse: frozenset[str] = getattr(value, "sparse", frozenset())
            fields = type(value).model_fields.items()
            kept = {name: info for name, info in fields if name not in sparse or getattr(value, name) != info.default}
            return {info.alias or name: _canonical(getattr(value, name)) for name, info in kept.items()}
        case list():
            return [_canonical(item) for item in value]
        case Decimal():
            return as_json(value)
        case date():
            return value.isoformat()
    return value


def with_ids(content: Any) -> Any:
    """Return the content of a `notice.json` with an id for each statement and each numeral that has none.

    Statements are `m14-3` in issue 14 and `m-s3-1` in section s3, counted apart for measures, outcomes and
    commitments; numerals are `n1`, `n2` and so on. An id that is there already is kept, and none is given twice.
    """
    if not isinstance(content, dict):
        return content
    numbers = {issue.get("section"): issue.get("number") for issue in _records(content, "issues")}

    def prefix(statement: dict[str, Any]) -> str:
        section, letter = statement.get("section"), _LETTERS.get(str(statement.get("role")), "c")
        return f"{letter}{numbers[section]}-" if section in numbers else f"{letter}-{section}-"

    _fill(list(_records(content, "statements")), prefix)
    _fill(list(_records(content, "numerals")), lambda _: "n")
    return content


def _fill(records: list[dict[str, Any]], prefix: Callable[[dict[str, Any]], str]) -> None:
    known, counted = {record.get("id") for record in records}, Counter[str]()
    for record in records:
        if record.get("id") is None:
            start = prefix(record)
            counted[start] += 1
            while f"{start}{counted[start]}" in known:
                counted[start] += 1
            rest = {name: value for name, value in record.items() if name != "id"}
            record.clear()
            record.update({"id": f"{start}{counted[start]}"} | rest)


def _records(content: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    records = content.get(name)
    yield from (record for record in records if isinstance(record, dict)) if isinstance(records, list) else ()

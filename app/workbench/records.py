"""Records by their address, such as `statements/m1-3`, their fields, and the guesses that are still open."""

from typing import Any

from app.workbench.folder import Content, Record

# Of each list, the field that names its records; entries of the others are named by their position.
KEYS = {
    "sections": "id",
    "categories": "number",
    "issues": "number",
    "statements": "id",
    "metrics": "id",
    "numerals": "id",
    "contact": "id",
    "reconciliation": "metric",
    "documents": "id",
    "organizations": "id",
}
LISTS = (*KEYS, "undocumented")


class Refused(Exception):
    """An edit that makes no sense here; the message says why."""


def address(name: str, record: Record, position: int) -> str:
    """Return the address of a record in its list."""
    return f"{name}/{record.get(KEYS.get(name, ''), f'at-{position}')}"


def place_of(content: Content, wanted: str) -> tuple[list[Record], int]:
    """Return the list in which a record stands, and its position; raise `Refused` if there is none."""
    name = wanted.partition("/")[0]
    records: list[Record] = content.get(name, []) if name in LISTS else []
    for n, record in enumerate(records):
        if address(name, record, n) == wanted:
            return records, n
    raise Refused(f"there is no {wanted}")


def find(content: Content, wanted: str) -> Record:
    """Return the record of an address; raise `Refused` if there is none."""
    if wanted == "notice":
        notice: Record = content["notice"]
        return notice
    records, n = place_of(content, wanted)
    return records[n]


def put(record: Record, field: str, value: Any) -> None:
    """Set a field, whose path has dots (`inspection.type`, `mentions.0.part`); a null is left out."""
    *path, last = field.split(".")
    target: Any = record
    for step in path:
        try:
            target = target[int(step)] if isinstance(target, list) else target.setdefault(step, {})
        except (IndexError, ValueError):
            raise Refused(f"there is no {field}") from None
    if isinstance(target, list):
        if not last.isdigit() or int(last) >= len(target):
            raise Refused(f"there is no {field}")
        target[int(last)] = value
    elif value is None:
        target.pop(last, None)
    else:
        target[last] = value


def settle(content: Content, record: str, field: str | None = None) -> int:
    """Take the guesses of a record, or of one field of it, as decided; return how many there were."""
    before = len(content["guesses"])
    content["guesses"] = [
        guess
        for guess in content["guesses"]
        if guess["record"] != record or (field is not None and not _same(guess["field"], field))
    ]
    return before - len(content["guesses"])


def _same(guessed: str, field: str) -> bool:
    return guessed == field or guessed.startswith(f"{field}.")


def ask(content: Content, record: str, field: str, value: Any, rule: str) -> None:
    """Leave a value that an edit has set by rule for the editor to decide."""
    content["guesses"].append(
        {"record": record, "field": field, "value": value, "confidence": 0.5, "rule": rule, "alternatives": []}
    )


def free_id(content: Content, name: str, stem: str) -> str:
    """Return an id that no record of a list has: the stem with the next number."""
    taken = {record.get("id") for record in content.get(name, [])}
    n = 1
    while f"{stem}{n}" in taken:
        n += 1
    return f"{stem}{n}"

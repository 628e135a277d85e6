"""The bounds of clauses: one is split at the caret, two are joined."""

import re

from app.transcription.document import CLAUSE_MARKS
from app.transcription.source import Span
from app.workbench.folder import Content, Record
from app.workbench.places import Places
from app.workbench.records import Refused, ask, find, free_id, place_of, put, settle

OF_MEASURES = ("kind", "actor", "prompted_by", "directive", "directive_code", "modality", "modality_text")
_MARKS = CLAUSE_MARKS + " \t\u3000\u2003"


def join(content: Content, places: Places, record: str) -> str:
    """Join a clause with the next of its paragraph, whose guesses go; return its address."""
    statements, n = place_of(content, record)
    following = statements[n + 1] if n + 1 < len(statements) else {}
    address = f"statements/{following.get('id')}"
    one, other = places.of(record), places.of(address)
    if one is None or other is None or not _same_paragraph(places, Span(one.start, other.end)):
        raise Refused("a clause can be joined with the next one of its own paragraph only")
    statements[n]["quote"] = places.source[Span(one.start, other.end)]
    _forget_english(statements[n])
    settle(content, address)
    del statements[n + 1]
    for entry in content.get("undocumented", []):
        if entry.get("statement") == following["id"]:
            entry["statement"] = statements[n]["id"]
    return record


def split(content: Content, places: Places, record: str, at: int) -> str:
    """Split a clause at a position of the source; the second half asks for its role again. Return its address."""
    statements, n = place_of(content, record)
    whole = places.of(record)
    if whole is None or not whole.start < at < whole.end:
        raise Refused("put the caret inside the clause first")
    source = places.source
    left, right = source[Span(whole.start, at)].rstrip(_MARKS), source[Span(at, whole.end)].lstrip(_MARKS)
    if not left.strip(_MARKS) or not right.strip(_MARKS):
        raise Refused("there would be nothing on one side of the caret")
    statements[n]["quote"] = left
    _forget_english(statements[n])
    stem = re.sub(r"[0-9]+$", "", statements[n]["id"])
    kept = ("section", "role", *OF_MEASURES)
    second: Record = {"id": free_id(content, "statements", stem), "quote": right}
    second |= {field: statements[n][field] for field in kept if statements[n].get(field) is not None}
    statements.insert(n + 1, {"id": second["id"], "section": second["section"], **second})
    address = f"statements/{second['id']}"
    for field in ("role", "kind", "actor", "directive"):
        if second.get(field) is not None:
            ask(content, address, field, second[field], "split")
    return address


def set_role(content: Content, record: str, role: str) -> None:
    """Set the role of a clause; what only measures have goes with it or gets its usual value."""
    statement = find(content, record)
    statement["role"] = role
    settle(content, record, "role")
    if role == "measure":
        if statement.get("modality") is None:
            statement["modality"] = "reported"
        return
    for field in OF_MEASURES:
        put(statement, field, None)
        settle(content, record, field)


def _same_paragraph(places: Places, span: Span) -> bool:
    return any(paragraph.contains(span) for spans in places.paragraphs.values() for paragraph in spans)


def _forget_english(statement: Record) -> None:
    # It was a translation of other words.
    for field in ("text_en", "translation"):
        statement.pop(field, None)

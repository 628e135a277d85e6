"""Checks of a notice's stage: what is published has no open guess, no TODO, and all that a draft may still lack."""

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.transcription.checks.vocabulary import annotations
from app.transcription.document import SourceDocument
from app.transcription.findings import Finding, Findings
from app.transcription.guesses import read_guesses
from app.transcription.layout.types import Published

TODO = "TODO"
# Of each collection, the field by which a guess names a record.
_KEYS = {"issues": "number", "categories": "number", "reconciliation": "metric"}


def check_stage(document: SourceDocument) -> None:
    """Check that a published notice is complete."""
    if document.is_draft:
        return
    _check_record(document, document.transcription, "$")


def check_guesses(document: SourceDocument, path: Path) -> list[Finding]:
    """Check that guesses are of records and fields that there are, and that a published notice has none."""
    findings = Findings(path)
    guesses = read_guesses(path, findings)
    if guesses and not document.is_draft:
        findings.add("$.guesses", f"has {len(guesses)} that nobody has looked at: the notice can't be published yet")
    for n, guess in enumerate(guesses):
        fields = _fields(document, guess.record)
        if fields is None:
            findings.add(f"$.guesses[{n}].record", f"{guess.record!r} does not exist")
        elif guess.field.partition(".")[0] not in fields:
            findings.add(f"$.guesses[{n}].field", f"{guess.record!r} has no field {guess.field!r}")
    return list(findings)


def _fields(document: SourceDocument, path: str) -> set[str] | None:
    """Return the names of the fields of a record; None if it does not exist."""
    collection, _, id = path.partition("/")
    found: Any = getattr(document.transcription, collection, None)
    if isinstance(found, list):
        key = _KEYS.get(collection, "id")
        found = next((record for record in found if str(getattr(record, key, None)) == id), None)
    if not isinstance(found, BaseModel):
        return None
    return {info.alias or name for name, info in type(found).model_fields.items()}


def _check_record(document: SourceDocument, record: BaseModel, path: str) -> None:
    """Check every field of a record and of all records within it."""
    for name, key, is_owed in _fields_of(type(record)):
        value = getattr(record, name)
        if is_owed and not value:
            document.report(f"{path}.{key}", "is left open, which only a draft may do")
        if isinstance(value, str):
            if TODO in value:
                document.report(f"{path}.{key}", f"says {TODO}: {value[:80]!r}")
        elif isinstance(value, list):
            for n, item in enumerate(value):
                if isinstance(item, str) and TODO in item:
                    document.report(f"{path}.{key}[{n}]", f"says {TODO}: {item[:80]!r}")
                elif isinstance(item, BaseModel):
                    _check_record(document, item, f"{path}.{key}[{n}]")
        elif isinstance(value, BaseModel):
            _check_record(document, value, f"{path}.{key}")


@cache
def _fields_of(model: type[BaseModel]) -> list[tuple[str, str, bool]]:
    """Return the name of each field, its name in JSON, and whether a published notice must have it."""
    return [
        (name, info.alias or name, any(isinstance(mark, Published) for mark in _marks(info)))
        for name, info in model.model_fields.items()
    ]


def _marks(info: FieldInfo) -> list[Any]:
    return [*info.metadata, *annotations(info.annotation)]

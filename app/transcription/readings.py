"""The two readings of a notice as files, and the settled transcription in the shape of a reading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from app.transcription.document import SourceDocument
from app.transcription.files import read_json
from app.transcription.findings import Finding, Findings
from app.transcription.layout.readings import Difference, Reading
from app.transcription.layout.types import Selector
from app.transcription.source import Span

READINGS, DIFFERENCES = "readings", "differences.json"
_DIFFERENCES = TypeAdapter(list[Difference])
_FILES = {name: TypeAdapter[Any](field.annotation or list) for name, field in Reading.model_fields.items()}
_CODED = ("role", "kind", "actor", "prompted_by", "directive", "directive_code", "sanction")


@dataclass(frozen=True)
class Readings:
    """Both readings of a notice, and how their differences were settled."""

    first: Reading
    second: Reading
    differences: list[Difference]


def read_readings(folder: Path) -> tuple[Readings | None, list[Finding]]:
    """Read the folder of the readings; return them, if every file could be read, and all findings."""
    findings = Findings(folder / DIFFERENCES)
    differences = read_json(folder / DIFFERENCES, _DIFFERENCES, findings)
    found = list[Finding](findings)
    first, second = (_read_reading(folder / name, found) for name in ("first", "second"))
    if differences is None or first is None or second is None:
        return None, found
    return Readings(first, second, differences), found


def _read_reading(folder: Path, found: list[Finding]) -> Reading | None:
    parts: dict[str, Any] = {}
    for name, layout in _FILES.items():
        findings = Findings(folder / f"{name}.json")
        parts[name] = read_json(folder / f"{name}.json", layout, findings)
        found += findings
    return None if None in parts.values() else Reading(**parts)


def settled_reading(document: SourceDocument, issues_read: set[int]) -> Reading:
    """Return what a checked transcription says, in the shape of a reading: topics only of some issues, all else."""
    transcription = document.transcription
    issues = {issue.section for issue in transcription.issues}
    clauses, measures = list[dict[str, Any]](), list[dict[str, Any]]()
    for statement in transcription.statements:
        record = _plain(statement, *_CODED)
        if statement.section in issues:
            measures.append(record | {"id": statement.id})
        else:
            clauses.append(record | _plain(statement, "section", "quote", "modality", "modality_text"))
    return Reading.model_validate(
        {
            "clauses": clauses,
            "measures": measures,
            "documents": list(_documents(document)),
            "undocumented": [entry.model_dump() for entry in transcription.undocumented],
            "organizations": list(_organizations(document)),
            "figures": [_plain(metric, "id", "per", "period_kind", "period_text") for metric in transcription.metrics],
            "topics": [
                {"issue": issue.number, "topics": issue.topics}
                for issue in transcription.issues
                if issue.number in issues_read
            ],
        }
    )


def _plain(record: object, *fields: str) -> dict[str, Any]:
    """Return fields of a record, quotes without their context."""
    values = {field: getattr(record, field) for field in fields}
    return {field: value.exact if isinstance(value, Selector) else value for field, value in values.items()}


def _documents(document: SourceDocument) -> Iterator[Mapping[str, Any]]:
    clauses = document.statement_spans
    for n, text in enumerate(document.transcription.documents):
        places = [
            _place(document, f"$.documents[{n}].places[{m}]", place.section, clauses) | {"act": place.act}
            for m, place in enumerate(text.places)
        ]
        yield _plain(text, "name", "type", "act", "issuer") | {"places": places}


def _organizations(document: SourceDocument) -> Iterator[Mapping[str, Any]]:
    clauses = document.statement_spans
    for n, body in enumerate(document.transcription.organizations):
        mentions = [
            _place(document, f"$.organizations[{n}].mentions[{m}]", mention.section, clauses) | {"part": mention.part}
            for m, mention in enumerate(body.mentions)
        ]
        yield _plain(body, "name", "type", "named") | {"mentions": mentions}


def _place(document: SourceDocument, path: str, section: str, clauses: dict[str, Span]) -> dict[str, Any]:
    span = document.spans[f"{path}.quote"]
    statement = next((id for id, clause in clauses.items() if clause.contains(span)), None)
    return {"section": section, "statement": statement, "quote": document.source[span]}

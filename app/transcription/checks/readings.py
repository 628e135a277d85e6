"""Checks of `readings/`: every difference is settled, and what both say or what is settled is what is transcribed."""

from pathlib import Path

from app.transcription.agreement import Units, is_presence, paired, units_of
from app.transcription.checks.vocabulary import check_record
from app.transcription.document import SourceDocument
from app.transcription.findings import Finding, Findings
from app.transcription.layout.readings import Difference, Reading
from app.transcription.readings import DIFFERENCES, Readings, read_readings, settled_reading


def check_readings(document: SourceDocument, folder: Path) -> list[Finding]:
    """Check the readings of a notice, if it has any, against its transcription, which has passed the other checks."""
    if not folder.exists():
        return []
    readings, found = read_readings(folder)
    if readings is None:
        return found
    for name, reading in (("first", readings.first), ("second", readings.second)):
        found += _check_codes(document, folder / name, reading)
    findings = Findings(folder / DIFFERENCES)
    _check_settled(document, readings, findings)
    return [*found, *findings]


def _check_codes(document: SourceDocument, folder: Path, reading: Reading) -> list[Finding]:
    found: list[Finding] = []
    for name in Reading.model_fields:
        findings = Findings(folder / f"{name}.json")
        for n, record in enumerate(getattr(reading, name)):
            check_record(record, document.vocabularies, findings, f"$[{n}]")
        found += findings
    return found


def _check_settled(document: SourceDocument, readings: Readings, findings: Findings) -> None:
    first, second = units_of(readings.first), units_of(readings.second)
    settled = units_of(settled_reading(document, {entry.issue for entry in readings.first.topics}))
    entries = {(entry.field, entry.key): (n, entry) for n, entry in enumerate(readings.differences)}
    if len(entries) < len(readings.differences):
        findings.add("$", "settles one difference twice")
    for field, key, one, other in paired(first, second):
        n, entry = entries.pop((field, key), (0, None))
        if entry is None and one != other:
            findings.add("$", f"{field} of {key!r}: one reading says {one!r}, the other {other!r}; no entry settles it")
        elif entry and (entry.first, entry.second) != (one, other):
            findings.add(f"$[{n}]", f"the readings say {one!r} and {other!r}")
        else:
            path, value = (f"$[{n}].settled", entry.settled) if entry else ("$", one)
            actual = key in settled[field] if is_presence(field) else settled[field].get(key)
            if value != actual:
                findings.add(path, f"{field} of {key!r}: {value!r} holds, but {actual!r} is transcribed")
    _check_unread(first, second, settled, entries, findings)


def _check_unread(
    first: Units,
    second: Units,
    settled: Units,
    entries: dict[tuple[str, str], tuple[int, Difference]],
    findings: Findings,
) -> None:
    """Report what is transcribed though neither reading has it, unless an entry says why, and entries of nothing."""
    for field in filter(is_presence, settled):
        for key in settled[field]:
            if key not in first[field] and key not in second[field] and not entries.pop((field, key), None):
                findings.add("$", f"{field} of {key!r}: is transcribed, but in neither reading")
    for n, entry in entries.values():
        findings.add(f"$[{n}]", f"the readings have no {entry.field!r} of {entry.key!r}")

"""Checks of `releases.json`: releases in order, the last one of these very data, and corrections that they confirm."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from sqlmodel import SQLModel

from app.models.category import Category, CategoryRow
from app.models.contact import ContactLine, ContactRow
from app.models.decimal import format_json
from app.models.issue import Issue, IssueRow
from app.models.metric import Metric, MetricRow
from app.models.notice import Notice, NoticeRow
from app.models.numeral import Numeral, NumeralRow
from app.models.reconciliation import Declaration, DeclarationRow
from app.models.section import Section, SectionRow
from app.models.statement import MEASURE, Measure, Statement, StatementRow
from app.transcription.checks.vocabulary import check_record
from app.transcription.document import SourceDocument
from app.transcription.findings import Findings
from app.transcription.layout.glossary import GlossaryEntry
from app.transcription.layout.releases import Correction, Release
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.load.rows import notice_rows

Records = dict[str, dict[str, Any]]  # public fields by uid

# Of each collection, the rows, the model of its public records and the field that identifies one.
_COLLECTIONS: dict[str, tuple[type[SQLModel], type[BaseModel], str]] = {
    "sections": (SectionRow, Section, "id"),
    "categories": (CategoryRow, Category, "number"),
    "issues": (IssueRow, Issue, "number"),
    "statements": (StatementRow, Statement, "id"),
    "measures": (StatementRow, Measure, "id"),
    "metrics": (MetricRow, Metric, "id"),
    "numerals": (NumeralRow, Numeral, "id"),
    "contact": (ContactRow, ContactLine, "id"),
    "reconciliation": (DeclarationRow, Declaration, "metric_id"),
}


def check_releases(releases: Sequence[Release], findings: Findings) -> None:
    """Check that releases follow one another up to today, and that each corrects what was published before it."""
    today = datetime.now(UTC).date()
    before: Release | None = None
    for n, release in enumerate(releases):
        path = f"$[{n}]"
        check_record(release, {}, findings, path)
        if release.day > today:
            findings.add(f"{path}.day", f"{release.day} is in the future: today is {today} (UTC)")
        if before and release.day <= before.day:
            findings.add(f"{path}.day", f"{release.day} does not follow {before.day}, the day of the release before")
        if before and release.data_version == before.data_version:
            findings.add(f"{path}.data_version", "is that of the release before: nothing has changed")
        for m, correction in enumerate(release.corrections):
            since = before.day if before else None
            _check_correction(correction, since, release.day, findings, f"{path}.corrections[{m}]")
        before = release


def _check_correction(correction: Correction, since: date | None, day: date, findings: Findings, path: str) -> None:
    if since is None:
        findings.add(path, "the first release has nothing to correct")
    elif not since <= correction.day <= day:
        findings.add(f"{path}.day", f"{correction.day} is not between the releases of {since} and {day}")
    if correction.field is None and correction.new is not None:
        findings.add(f"{path}.new", "must be null where field is null, which says that the record was withdrawn")
    elif correction.field is not None and _equal(correction.old, correction.new):
        findings.add(f"{path}.new", "is the old value")


class ReleaseCheck:
    """Compares the releases with the data, notice by notice."""

    def __init__(self, releases: Sequence[Release], file: Path) -> None:
        self.releases, self.file = releases, file
        self.findings = Findings(file)  # what the releases show by themselves
        # By the slug of their notice, or by what else their uid begins with.
        self.corrections = _current(releases, self.findings)

    def check_version(self, data_version: str) -> Findings:
        """Check that the last release is of these data."""
        found, remedy = Findings(self.file), "`python -m app release` enters one"
        if not self.releases:
            found.add("$", f"there is no release: {remedy}")
        elif self.releases[-1].data_version != data_version:
            path = f"$[{len(self.releases) - 1}].data_version"
            found.add(path, f"is not that of the data, {data_version}, which need a release of their own: {remedy}")
        return found

    def check_notice(self, document: SourceDocument) -> Findings:
        """Check the corrections of the records of one notice, in which nothing else was found."""
        if document.slug not in self.corrections:
            return Findings(self.file)
        return self._compare(self.corrections[document.slug], notice_records(document))

    def check_shared(
        self, slugs: Sequence[str], vocabularies: Mapping[str, Vocabulary], glossary: Iterable[GlossaryEntry]
    ) -> Findings:
        """Check the corrections of what is in none of the notices: of terms that they share, or of no record at all."""
        rest = {k: v for name, group in self.corrections.items() if name not in slugs for k, v in group.items()}
        return self._compare(rest, shared_records(vocabularies, glossary))

    def _compare(self, corrections: Mapping[str, Correction], records: Records) -> Findings:
        found = Findings(self.file)
        for path, correction in corrections.items():
            if mismatch := _mismatch(correction, records):
                field, message = mismatch
                found.add(f"{path}.{field}", message)
        return found


def _mismatch(correction: Correction, records: Records) -> tuple[str, str] | None:
    """Return which field of a correction the data contradict, and how."""
    uid, field, record = correction.uid, correction.field, records.get(correction.uid)
    if field is None:
        return ("field", f"can't be null: {uid!r} was not withdrawn, it is in the data") if record else None
    if record is None:
        expected = "{notice}/{collection}/{id}, {notice}, glossary/{id} or vocabularies/{name}/{code}"
        return "uid", f"{uid!r} is no record of the data; expected {expected}"
    if field not in record:
        return "field", f"{uid!r} has no field {field!r}, only {', '.join(record)}"
    if not _equal(record[field], correction.new):
        return "new", f"{format_json(correction.new)} is not what the data say: {format_json(record[field])}"
    return None


def _current(releases: Sequence[Release], findings: Findings) -> dict[str, dict[str, Correction]]:
    """Return the last correction of every field by its path, grouped by the part of the uid before the first slash.

    Report one that does not start from the value of the correction before it.
    """
    latest: dict[tuple[str, str | None], tuple[str, Correction]] = {}
    for n, release in enumerate(releases):
        for m, correction in enumerate(release.corrections):
            path, key = f"$[{n}].corrections[{m}]", (correction.uid, correction.field)
            _, earlier = latest.get(key, ("", None))
            if earlier and not _equal(earlier.new, correction.old):
                message = f"{format_json(correction.old)} is not the new value of the correction of {earlier.day}"
                findings.add(f"{path}.old", f"{message}, {format_json(earlier.new)}")
            if correction.field is None:
                latest = {other: found for other, found in latest.items() if other[0] != correction.uid}
            latest[key] = (path, correction)
    groups: dict[str, dict[str, Correction]] = {}
    for path, correction in latest.values():
        groups.setdefault(correction.uid.partition("/")[0], {})[path] = correction
    return groups


def notice_records(document: SourceDocument) -> Records:
    """Return the fields of every record of a notice as the API has them, as far as they come from its rows."""
    records: Records = {}
    for row in notice_rows(document, 0):
        if isinstance(row, NoticeRow):
            records[row.slug] = _public_fields(row, Notice)
        for collection, (kind, model, key) in _COLLECTIONS.items():
            if isinstance(row, kind) and (model is not Measure or getattr(row, "role", None) == MEASURE):
                records[f"{document.slug}/{collection}/{getattr(row, key)}"] = _public_fields(row, model)
    return records


def shared_records(vocabularies: Mapping[str, Vocabulary], glossary: Iterable[GlossaryEntry]) -> Records:
    """Return the fields of every entry of the glossary and of every term of the vocabularies."""
    records = {f"glossary/{entry.id}": entry.model_dump() for entry in glossary}
    for name, vocabulary in vocabularies.items():
        records |= {f"vocabularies/{name}/{term.code}": term.model_dump() for term in vocabulary.terms}
    return records


def _public_fields(row: SQLModel, model: type[BaseModel]) -> dict[str, Any]:
    columns = type(row).model_fields
    fields = {name: info.serialization_alias or name for name, info in model.model_fields.items() if name in columns}
    values = {public: getattr(row, name) for name, public in fields.items()}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _equal(one: Any, other: Any) -> bool:
    """Whether two values are equal in JSON, where true is no number."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)

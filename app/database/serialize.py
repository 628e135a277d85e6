"""Serialization: every record's public JSON is made when the database is built, so that serving is only reading."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel
from sqlmodel import SQLModel

from app import __version__
from app.models.category import Category, CategoryRow
from app.models.change import Correction, CorrectionRow, ReleaseFields, ReleaseRow, record_path
from app.models.contact import Contact, ContactLine, ContactRow
from app.models.document import Document, DocumentRow
from app.models.glossary import Explanation, GlossaryEntryRow, Occurrence, OccurrenceRow
from app.models.indicator import Total
from app.models.issue import Issue, IssueRow
from app.models.metric import Metric, MetricRow
from app.models.notice import Notice, NoticeRow
from app.models.numeral import Numeral, NumeralRow
from app.models.organization import Organization, OrganizationRow
from app.models.record import MOUNT, Record
from app.models.section import Section, SectionRow
from app.models.statement import MEASURE, Measure, Statement, StatementRow
from app.transcription.layout.releases import Release

RECORDS: dict[type[SQLModel], type[Record]] = {
    SectionRow: Section,
    CategoryRow: Category,
    IssueRow: Issue,
    StatementRow: Statement,
    MetricRow: Metric,
    NumeralRow: Numeral,
    DocumentRow: Document,
    OrganizationRow: Organization,
}
_TOTAL = set(Total.model_fields) - {"metric_id"}


def serialize_notice(rows: Sequence[SQLModel], release: Release) -> None:
    """Put the public JSON of one notice's rows into the rows themselves."""
    notice = next(row for row in rows if isinstance(row, NoticeRow))
    notice.public_json = _serialize(_notice(notice, rows, release))
    notice.contact = _serialize(_contact(notice.slug, rows))
    for row in rows:
        if record := RECORDS.get(type(row)):
            row.public_json = _serialize(record.of(row))
        if isinstance(row, StatementRow) and row.role == MEASURE:
            row.measure_json = _serialize(Measure.of(row))


def serialize_glossary(entries: Iterable[GlossaryEntryRow]) -> None:
    """Put the JSON of each entry into its row, without its places, which depend on the notice that is asked for."""
    for row in entries:
        row.public_json = _serialize(Explanation.model_validate(row, update={"url": f"{MOUNT}/glossary/{row.id}"}))


def serialize_occurrences(occurrences: Iterable[OccurrenceRow]) -> None:
    """Put the JSON of each place of a term into its row."""
    for row in occurrences:
        row.public_json = _serialize(Occurrence.model_validate(row))


def serialize_releases(rows: Sequence[ReleaseRow | CorrectionRow]) -> None:
    """Put the JSON of each release into its row, without its corrections, and that of each correction into its own."""
    withdrawn = {row.uid for row in rows if isinstance(row, CorrectionRow) and row.field is None}
    for row in rows:
        if isinstance(row, ReleaseRow):
            row.public_json = _serialize(ReleaseFields.model_validate(row))
        else:
            url = None if row.uid in withdrawn else MOUNT + record_path(row.uid)
            row.public_json = _serialize(Correction.model_validate(row, update={"url": url}))


def _serialize(record: BaseModel) -> str:
    """Return a record as it is served, with placeholders for the mount and the public address."""
    return record.model_dump_json(by_alias=True)


def _notice(notice: NoticeRow, rows: Iterable[SQLModel], release: Release) -> Notice:
    names = {"notice": notice.slug, "uid": notice.slug, "url": f"{MOUNT}/notice?notice={notice.slug}"}
    versions: dict[str, Any] = {
        "data_version": release.data_version,
        "released": release.day,
        "api_version": __version__,
    }
    totals = {
        str(row.indicator): Total(metric_id=row.id, **row.model_dump(include=_TOTAL))
        for row in rows
        if isinstance(row, MetricRow) and row.indicator is not None
    }
    return Notice.model_validate(notice, update=names | versions | {"totals": totals})


def _contact(notice: str, rows: Iterable[SQLModel]) -> Contact:
    lines = [ContactLine.model_validate(row) for row in rows if isinstance(row, ContactRow)]
    return Contact(notice=notice, uid=f"{notice}/contact", url=f"{MOUNT}/contact?notice={notice}", lines=lines)

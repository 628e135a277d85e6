"""Serialization: every record's public JSON is made when the database is built, so that serving is only reading."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel
from sqlmodel import SQLModel

from app import __version__
from app.models.category import Category, CategoryRow
from app.models.change import Correction, CorrectionRow, ReleaseFields, ReleaseRow, record_path
from app.models.citation import Passage, Work
from app.models.contact import Contact, ContactLine, ContactRow
from app.models.glossary import Explanation, GlossaryEntryRow, Occurrence, OccurrenceRow
from app.models.indicator import Total
from app.models.issue import Issue, IssueRow
from app.models.metric import Metric, MetricRow
from app.models.notice import Notice, NoticeRow
from app.models.numeral import Numeral, NumeralRow
from app.models.record import MOUNT, Record, citations
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
}
_TOTAL = set(Total.model_fields) - {"metric_id"}


def serialize_notice(rows: Sequence[SQLModel], release: Release) -> None:
    """Put the public JSON of one notice's rows into the rows themselves."""
    notice = next(row for row in rows if isinstance(row, NoticeRow))
    work = _work(notice, rows, release.data_version)
    notice.public_json, notice.contact = (
        _serialize(_notice(notice, rows, work, release.day)),
        _serialize(_contact(notice.slug, rows, work)),
    )
    for row in rows:
        if record := RECORDS.get(type(row)):
            row.public_json = _serialize(record.of(row, work))
        if isinstance(row, StatementRow) and row.role == MEASURE:
            row.measure_json = _serialize(Measure.of(row, work))


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


def _work(notice: NoticeRow, rows: Iterable[SQLModel], data_version: str) -> Work:
    numbers: dict[str | None, str] = {None: ""}
    for row in rows:
        if isinstance(row, SectionRow):
            numbers[row.id] = numbers[row.parent_id] + (row.marker or "")
    names = {"body": notice.inspected_body, "body_en": notice.inspected_body_en}
    titles = {"title": notice.title, "title_en": notice.title_en}
    return Work(date=notice.date, numbers=numbers, data_version=data_version, **names, **titles)  # type: ignore[arg-type]


def _notice(notice: NoticeRow, rows: Iterable[SQLModel], work: Work, released: date) -> Notice:
    path = f"/notice?notice={notice.slug}"
    more: dict[str, Any] = {"notice": notice.slug, "uid": notice.slug, "url": MOUNT + path}
    versions = {"data_version": work.data_version, "released": released, "api_version": __version__}
    totals = {
        str(row.indicator): Total(metric_id=row.id, **row.model_dump(include=_TOTAL))
        for row in rows
        if isinstance(row, MetricRow) and row.indicator is not None
    }
    return Notice.model_validate(notice, update=more | versions | citations(work, None, path) | {"totals": totals})


def _contact(notice: str, rows: Iterable[SQLModel], work: Work) -> Contact:
    """The contact lines, cited by the first of them as far as the last."""
    lines = [row for row in rows if isinstance(row, ContactRow)]
    first, last = lines[0] if lines else None, lines[-1] if lines else None
    passage = Passage(first.section_id, first.text, first.start, last.end) if first and last else None
    path = f"/contact?notice={notice}"
    return Contact(
        notice=notice,
        uid=f"{notice}/contact",
        url=MOUNT + path,
        lines=[ContactLine.model_validate(line) for line in lines],
        **citations(work, passage, path),
    )

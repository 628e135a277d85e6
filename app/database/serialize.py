"""Serialization of what is one object a notice: its JSON is made when the database is built."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel
from sqlmodel import SQLModel

from app import __version__
from app.models.contact import Contact, ContactLine, ContactRow
from app.models.indicator import Total
from app.models.metric import MetricRow
from app.models.notice import Notice, NoticeRow
from app.models.record import MOUNT
from app.transcription.layout.releases import Release

_TOTAL = set(Total.model_fields) - {"metric_id"}


def serialize_notice(rows: Sequence[SQLModel], release: Release) -> None:
    """Put the public JSON of a notice and of its contact into the notice's row."""
    notice = next(row for row in rows if isinstance(row, NoticeRow))
    notice.public_json = _serialize(_notice(notice, rows, release))
    notice.contact = _serialize(_contact(notice.slug, rows))


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

"""Serialization of what is one object a notice: its JSON is made when the database is built."""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel
from sqlmodel import SQLModel

from app.models.contact import Contact, ContactLine, ContactRow
from app.models.indicator import Total
from app.models.metric import MetricRow
from app.models.notice import NoticeRecord, NoticeRow
from app.models.record import MOUNT

_TOTAL = set(Total.model_fields) - {"metric_id"}


def serialize_notice(rows: Sequence[SQLModel]) -> None:
    """Put the public JSON of a notice, open at its end, and that of its contact into the notice's row."""
    notice = next(row for row in rows if isinstance(row, NoticeRow))
    notice.public_json = _serialize(_notice(notice, rows)).removesuffix("}")
    notice.contact = _serialize(_contact(notice.slug, rows))


def _serialize(record: BaseModel) -> str:
    """Return a record as it is served, with placeholders for the mount and the public address."""
    return record.model_dump_json(by_alias=True)


def _notice(notice: NoticeRow, rows: Iterable[SQLModel]) -> NoticeRecord:
    names = {"notice": notice.slug, "uid": notice.slug, "url": f"{MOUNT}/notice?notice={notice.slug}"}
    totals = {
        str(row.indicator): Total(metric_id=row.id, **row.model_dump(include=_TOTAL))
        for row in rows
        if isinstance(row, MetricRow) and row.indicator is not None
    }
    return NoticeRecord.model_validate(notice, update=names | {"totals": totals})


def _contact(notice: str, rows: Iterable[SQLModel]) -> Contact:
    lines = [ContactLine.model_validate(row) for row in rows if isinstance(row, ContactRow)]
    return Contact(notice=notice, uid=f"{notice}/contact", url=f"{MOUNT}/contact?notice={notice}", lines=lines)

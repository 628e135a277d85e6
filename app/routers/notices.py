"""`/notice` and `/notices`: each notice as a whole."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import col, select

from app import __version__
from app.models.indicator import Total
from app.models.metric import MetricRow
from app.models.notice import Notice, NoticeRow
from app.pagination import NoticeQuery, Page, Paging
from app.reader import Reader, ReaderDep
from app.routers.keys import NoticeSlug

router = APIRouter(tags=["notice"])

_NOTICES = select(NoticeRow).order_by(col(NoticeRow.position))
_TOTAL = set(Total.model_fields) - {"metric_id"}


class NoticePage(Page[Notice]):
    """Some notices."""


@router.get("/notice", summary="The notice and its declared totals")
def get_default_notice(query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Notice:
    """Who published the notice, about which inspection and when, and the totals that it declares.

    Start here for a citation or a dashboard's headline. `totals` holds the figures that notices of this kind print,
    as printed; `not_stated` lists what a reader would look for and the notice does not say. `data_version` changes
    when the data does and only then; `source_sha256` is that of the bytes at `/source.txt`.
    """
    row = reader.session.exec(_NOTICES.where(NoticeRow.slug == reader.notice(query.notice))).one()
    return _notices(reader, [row])[0]


@router.get("/notices", summary="List notices")
def list_notices(query: Annotated[Paging, Query()], reader: ReaderDep) -> NoticePage:
    """Every notice that is published here, with its declared totals; other addresses answer of the first by default."""
    rows = list(reader.session.exec(_NOTICES.limit(query.limit).offset(query.offset)))
    return reader.enveloped(NoticePage, _notices(reader, rows), reader.count(_NOTICES), query)


@router.get("/notices/{slug}", summary="Get a notice")
def get_notice(slug: NoticeSlug, reader: ReaderDep) -> Notice:
    """One notice by its slug: what `/notice` answers for it."""
    return _notices(reader, [reader.find(_NOTICES, col(NoticeRow.slug), slug, "notice")])[0]


def _notices(reader: Reader, rows: list[NoticeRow]) -> list[Notice]:
    """The public form of some notices, each with its totals."""
    headline = col(MetricRow.notice).in_([row.slug for row in rows]), col(MetricRow.indicator).is_not(None)
    totals: dict[str, dict[str, Total]] = {row.slug: {} for row in rows}
    for metric in reader.session.exec(select(MetricRow).where(*headline).order_by(col(MetricRow.position))):
        total = Total(metric_id=metric.id, **metric.model_dump(include=_TOTAL))
        totals[metric.notice][str(metric.indicator)] = total
    return [_notice(reader, row, totals[row.slug]) for row in rows]


def _notice(reader: Reader, row: NoticeRow, totals: dict[str, Total]) -> Notice:
    names = {"notice": row.slug, "uid": row.slug, "url": f"{reader.root}/notice?notice={row.slug}"}
    versions = {"data_version": reader.data_version, "api_version": __version__}
    return Notice.model_validate(row, update={**names, **versions, "totals": totals})

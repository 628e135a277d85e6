"""`/notice`: the notice as a whole."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import col, select

from app import __version__
from app.models.metric import MetricRow
from app.models.notice import Notice, NoticeRow, Total
from app.pagination import NoticeQuery
from app.reader import ReaderDep

router = APIRouter(tags=["notice"])

_TOTAL = {"value", "value_text", "unit", "qualifier"}


@router.get("/notice", summary="The notice and its declared totals")
def get_notice(query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Notice:
    """Who published the notice, about which inspection and when, and the totals that it declares.

    Start here for a citation or a dashboard's headline. `totals` holds the figures that notices of this kind print,
    as printed; `not_stated` lists what a reader would look for and the notice does not say. `data_version` changes
    when the data does and only then; `source_sha256` is that of the bytes at `/source.txt`.
    """
    slug = reader.notice(query.notice)
    row = reader.session.exec(select(NoticeRow).where(NoticeRow.slug == slug)).one()
    figures = select(MetricRow).where(MetricRow.notice == slug, col(MetricRow.indicator).is_not(None))
    totals = {
        metric.indicator: Total(metric_id=metric.id, **metric.model_dump(include=_TOTAL))
        for metric in reader.session.exec(figures.order_by(col(MetricRow.position)))
    }
    more = {"notice": slug, "uid": slug, "url": f"{reader.root}/notice?notice={slug}", "totals": totals}
    versions = {"data_version": reader.data_version, "api_version": __version__}
    return Notice.model_validate(row, update=more | versions)

"""`/notice` and `/notices`: each notice as a whole."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.route import Route
from app.models.notice import Notice, NoticeDetail
from app.queries.notices import NamedNoticeQuery, NoticeRecordQuery, NoticesQuery, select_notices
from app.queries.query import page_of
from app.routers.exports import add_exports, records_of
from app.routers.responses import RecordsDep

router = APIRouter(tags=["notice"], route_class=Route)
NoticeSlug = Annotated[str, Path(description="The notice's slug.")]


@router.get("/notice", summary="The notice and its declared totals", response_model=NoticeDetail)
async def get_default_notice(query: Annotated[NoticeRecordQuery, Query()], records: RecordsDep) -> Response:
    """Who published the notice, about which inspection and when, and the totals that it declares.

    Start here for a citation or a dashboard's headline. `totals` holds the figures that notices of this kind print,
    as printed; `not_stated` lists what a reader would look for and the notice does not say. `data_version` changes
    when the data does and only then; `source_sha256` is that of the bytes at `/source.txt`.
    """
    return records.record(NoticeDetail, query.notice, query)


@router.get("/notices", summary="List notices", response_model=page_of(Notice))
async def list_notices(query: Annotated[NoticesQuery, Query()], records: RecordsDep) -> Response:
    """Every notice that is published here, with its declared totals; other addresses answer of the first by default."""
    return await records.read_page(Notice, select_notices(query, records.repository), query)


@router.get("/notices/{slug}", summary="Get a notice", response_model=NoticeDetail)
async def get_notice(slug: NoticeSlug, query: Annotated[NamedNoticeQuery, Query()], records: RecordsDep) -> Response:
    """One notice by its slug: what `/notice` answers for it."""
    return records.record(NoticeDetail, slug, query)


add_exports(router, "/notices", NoticeDetail, NoticesQuery, records_of(NoticeDetail, select_notices))

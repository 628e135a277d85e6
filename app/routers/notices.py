"""`/notice` and `/notices`: each notice as a whole."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.database.select import Selection
from app.http.route import Route
from app.models.notice import Notice
from app.queries.pagination import NoticeQuery, Page, Paging
from app.queries.reader import Reader, ReaderDep, answer
from app.routers.dependencies import NoticeSlug

router = APIRouter(tags=["notice"], route_class=Route)

_NOTICES = Selection(Notice.table)


class NoticePage(Page[Notice]):
    """Some notices."""


@router.get("/notice", summary="The notice and its declared totals", response_model=Notice)
async def get_default_notice(query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Response:
    """Who published the notice, about which inspection and when, and the totals that it declares.

    Start here for a citation or a dashboard's headline. `totals` holds the figures that notices of this kind print,
    as printed; `not_stated` lists what a reader would look for and the notice does not say. `data_version` changes
    when the data does and only then; `source_sha256` is that of the bytes at `/source.txt`.
    """
    return _get(reader, reader.notice(query.notice))


@router.get("/notices", summary="List notices", response_model=NoticePage)
async def list_notices(query: Annotated[Paging, Query()], reader: ReaderDep) -> Response:
    """Every notice that is published here, with its declared totals; other addresses answer of the first by default."""
    return reader.paged(Notice, _NOTICES, query)


@router.get("/notices/{slug}", summary="Get a notice", response_model=Notice)
async def get_notice(slug: NoticeSlug, reader: ReaderDep) -> Response:
    """One notice by its slug: what `/notice` answers for it."""
    return _get(reader, slug)


def _get(reader: Reader, slug: str) -> Response:
    (text,) = reader.find(_NOTICES, Notice.public_json, Notice.key, slug, "notice")
    return answer(reader.placed(text))

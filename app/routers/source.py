"""`/source.txt`: the text that everything else quotes."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import PlainTextResponse

from app.http.route import Route
from app.queries.query import NoticeQuery
from app.routers.responses import RecordsDep

router = APIRouter(tags=["proof"], route_class=Route)


@router.get("/source.txt", summary="The source text", response_class=PlainTextResponse)
async def get_source(query: Annotated[NoticeQuery, Query()], records: RecordsDep) -> Response:
    """The notice as it was transcribed, byte for byte.

    Every `start` and `end` in the data is a half-open range of code points of this text; it holds none beyond the basic
    plane, so JavaScript's string indices agree.
    """
    return PlainTextResponse(records.repository.catalog.text(query.notice))

"""`/source.txt`: the text that everything else quotes."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse

from app.pagination import NoticeQuery
from app.reader import ReaderDep

router = APIRouter(tags=["proof"])


@router.get("/source.txt", summary="The source text", response_class=PlainTextResponse)
def get_source(query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> str:
    """The notice as it was transcribed, byte for byte.

    Every `start` and `end` in the data is a half-open range of code points of this text; it holds none beyond the basic
    plane, so JavaScript's string indices agree.
    """
    return reader.known.text(reader.notice(query.notice))

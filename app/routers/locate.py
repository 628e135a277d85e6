"""`/locate`: 核对原文, whether words stand in the notice."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from app.filters import Quotation
from app.models.location import Location
from app.pagination import NoticeQuery
from app.quoting import located
from app.reader import ReaderDep

router = APIRouter(tags=["search"])


class LocateQuery(NoticeQuery):
    text: Quotation = Field(description="A quotation or a figure, up to 1,500 characters.")


@router.get("/locate", summary="Check a quotation against the source")
def locate(query: Annotated[LocateQuery, Query()], reader: ReaderDep) -> Location:
    """核对原文: whether these words, or this figure, stand in the notice, where, and in which records.

    Numbers are found whole only: 9项 does not stand in 39项, nor 47条 in 147条. This checks words, not truth: that a
    sentence stands in the notice says nothing of whether it is so.
    """
    return located(reader, reader.notice(query.notice), query.text)

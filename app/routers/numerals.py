"""`/numerals`: every printed number accounted for."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.route import Route
from app.models.numeral import Numeral, NumeralDetail
from app.queries.numerals import NumeralQuery, NumeralRecordQuery, select_numerals
from app.queries.query import page_of
from app.routers.exports import add_exports, records_of
from app.routers.responses import RecordsDep

router = APIRouter(prefix="/numerals", tags=["proof"], route_class=Route)
NumeralId = Annotated[str, Path(description="The numeral's id.")]


@router.get("", summary="List numerals", response_model=page_of(Numeral))
async def list_numerals(query: Annotated[NumeralQuery, Query()], records: RecordsDep) -> Response:
    """数字清点: every number that the notice prints, Arabic, Chinese or Roman, and what it is there for.

    Those of the class `metric` name the metric in whose figure they stand. That every number has a class is the proof
    that no figure was lost.
    """
    return await records.read_page(Numeral, select_numerals(query, records.repository), query)


@router.get("/{id}", summary="Get a numeral", response_model=NumeralDetail)
async def get_numeral(id: NumeralId, query: Annotated[NumeralRecordQuery, Query()], records: RecordsDep) -> Response:
    """One printed number by its id."""
    return records.record(NumeralDetail, id, query)


add_exports(router, "", NumeralDetail, NumeralQuery, records_of(NumeralDetail, select_numerals))

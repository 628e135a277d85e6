"""`/indicators`: the headline figures that notices share."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.exports.table import Record
from app.http.errors import not_found
from app.http.route import JSONText, Route
from app.models.decimal import parse_json
from app.models.indicator import Indicator
from app.models.vocabulary import Coded
from app.queries.indicators import IndicatorQuery, IndicatorRecordQuery, read_indicators
from app.queries.query import flatten, only_fields, page_of
from app.routers.exports import add_exports
from app.routers.responses import Records, RecordsDep

router = APIRouter(prefix="/indicators", tags=["indicators"], route_class=Route)
IndicatorCode = Annotated[str, Path(description="The indicator's code."), Coded("indicator")]


@router.get("", summary="List indicators", response_model=page_of(Indicator))
async def list_indicators(query: Annotated[IndicatorQuery, Query()], records: RecordsDep) -> Response:
    """Headline figures, such as issues in all and done, that notices of this kind print, each as each notice prints it.

    Of the default notice unless another, or `all`, is asked for. Numbers stand beside each other as printed; whether
    they can be compared is for the reader to judge from `quote`, `unit` and `nature`.
    """
    indicators = read_indicators(records.repository, query.notice, records.root)
    wanted = indicators[query.offset :][: query.limit]
    items = [only_fields(indicator.model_dump_json(), flatten(query.fields)) for indicator in wanted]
    return records.page(items, len(indicators), query)


@router.get("/{code}", summary="Get an indicator", response_model=Indicator)
async def get_indicator(
    code: IndicatorCode, query: Annotated[IndicatorRecordQuery, Query()], records: RecordsDep
) -> Response:
    """One headline figure by its code, as each notice asked for prints it."""
    indicators = {i.code: i for i in read_indicators(records.repository, query.notice, records.root)}
    if code not in indicators:
        raise not_found("code", code, "indicator", list(indicators))
    return JSONText(only_fields(indicators[code].model_dump_json(), flatten(query.fields)))


def _read(query: IndicatorQuery, records: Records) -> tuple[list[Record], int]:
    indicators = read_indicators(records.repository, query.notice, records.root)
    wanted = indicators[query.offset :][: query.limit]
    return [parse_json(indicator.model_dump_json()) for indicator in wanted], len(indicators)


add_exports(router, "", Indicator, IndicatorQuery, _read)

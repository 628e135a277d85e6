"""`/indicators`: the headline figures that notices share."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.database.select import Selection, equal
from app.http.route import Route
from app.models.indicator import Indicator, IndicatorValue
from app.models.metric import Metric
from app.queries.filters import among
from app.queries.pagination import ListQuery, Page, PageQuery
from app.queries.reader import Reader, ReaderDep
from app.routers.dependencies import IndicatorCode

router = APIRouter(prefix="/indicators", tags=["indicators"], route_class=Route)

_TERMS = Selection("term", (equal("vocabulary", "indicator"),), ("position",))
_TERM = ("code", "zh", "en", "definition")


class IndicatorPage(Page[Indicator]):
    """Some indicators."""


@router.get("", summary="List indicators", response_model=IndicatorPage)
async def list_indicators(query: Annotated[PageQuery, Query()], reader: ReaderDep) -> Response:
    """Headline figures, such as issues in all and done, that notices of this kind print, each as each notice prints it.

    Of the default notice unless another, or `all`, is asked for. Numbers stand beside each other as printed; whether
    they can be compared is for the reader to judge from `quote`, `unit` and `nature`.
    """
    terms = reader.objects(_TERMS, _TERM)
    most = reader.most(query)
    asked = terms[query.offset :][: most if most >= 0 else None]
    values = _values(reader, query.notice, [term["code"] for term in asked])
    items = [_indicator(reader, term, values) for term in asked]
    return reader.listed(Indicator, [item.model_dump_json() for item in items], len(terms), query)


@router.get("/{code}", summary="Get an indicator")
async def get_indicator(code: IndicatorCode, query: Annotated[ListQuery, Query()], reader: ReaderDep) -> Indicator:
    """One headline figure by its code, as each notice asked for prints it."""
    term = dict(zip(_TERM, reader.find(_TERMS, ", ".join(_TERM), "code", code, "indicator"), strict=True))
    return _indicator(reader, term, _values(reader, query.notice, [code]))


def _values(reader: Reader, notice: str | None, codes: list[str]) -> list[dict[str, Any]]:
    return reader.rows(Metric, reader.select(Metric.table, notice).where(among("indicator", codes)))


def _indicator(reader: Reader, term: dict[str, Any], metrics: list[dict[str, Any]]) -> Indicator:
    values = [_value(metric) for metric in metrics if metric["indicator"] == term["code"]]
    return Indicator(**term, url=f"{reader.root}/indicators/{term['code']}", values=values)


def _value(metric: dict[str, Any]) -> IndicatorValue:
    return IndicatorValue.model_validate({**metric, "metric_id": metric["id"]})

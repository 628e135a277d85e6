"""`/indicators`: the headline figures that notices share."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlmodel import col, select

from app.models.indicator import Indicator, IndicatorValue
from app.models.metric import MetricRow
from app.models.vocabulary import TermRow
from app.pagination import ListQuery, Page, PageQuery
from app.reader import Reader, ReaderDep
from app.routers.keys import IndicatorCode

router = APIRouter(prefix="/indicators", tags=["indicators"])

_TERMS = select(TermRow).where(TermRow.vocabulary == "indicator").order_by(col(TermRow.position))


class IndicatorPage(Page[Indicator]):
    """Some indicators."""


@router.get("", summary="List indicators")
def list_indicators(query: Annotated[PageQuery, Query()], reader: ReaderDep) -> IndicatorPage:
    """Headline figures, such as issues in all and done, that notices of this kind print, each as each notice prints it.

    Of the default notice unless another, or `all`, is asked for. Numbers stand beside each other as printed; whether
    they can be compared is for the reader to judge from `quote`, `unit` and `nature`.
    """
    terms = list(reader.session.exec(_TERMS.limit(query.limit).offset(query.offset)))
    values = _values(reader, query.notice, [term.code for term in terms])
    items = [_indicator(reader, term, values) for term in terms]
    return reader.enveloped(IndicatorPage, items, reader.count(_TERMS), query)


@router.get("/{code}", summary="Get an indicator")
def get_indicator(code: IndicatorCode, query: Annotated[ListQuery, Query()], reader: ReaderDep) -> Indicator:
    """One headline figure by its code, as each notice asked for prints it."""
    term = reader.find(_TERMS, col(TermRow.code), code, "indicator")
    return _indicator(reader, term, _values(reader, query.notice, [code]))


def _values(reader: Reader, notice: str | None, codes: list[str]) -> list[MetricRow]:
    return list(reader.session.exec(reader.select(MetricRow, notice).where(col(MetricRow.indicator).in_(codes))))


def _indicator(reader: Reader, term: TermRow, metrics: list[MetricRow]) -> Indicator:
    return Indicator(
        **term.model_dump(include={"code", "zh", "en", "definition"}),
        url=f"{reader.root}/indicators/{term.code}",
        values=[_value(reader, metric) for metric in metrics if metric.indicator == term.code],
    )


def _value(reader: Reader, metric: MetricRow) -> IndicatorValue:
    fields: dict[str, Any] = {
        name: getattr(metric, name) for name in IndicatorValue.model_fields if hasattr(metric, name)
    }
    url = f"{reader.root}/metrics/{metric.id}?notice={metric.notice}"
    return IndicatorValue(**fields, metric_id=metric.id, url=url)

"""Indicators: headline figures, each as every notice asked for prints it."""

from typing import Annotated, Any

from pydantic import Field

from app.database.repository import Repository
from app.database.select import Select, equal, is_null, table_of
from app.http.mount import expand_urls
from app.models.indicator import Indicator, IndicatorValue
from app.models.metric import Metric
from app.models.vocabulary import TermRow
from app.queries.query import FIELDS, ListQuery, Names, PageQuery, field_names

_TERM = table_of(TermRow)
_TERM_FIELDS = ("code", "zh", "en", "definition")


class IndicatorQuery(PageQuery):
    fields: list[Annotated[Names, field_names(Indicator)]] = Field([], description=FIELDS)


class IndicatorRecordQuery(ListQuery):
    fields: list[Annotated[Names, field_names(Indicator)]] = Field([], description=FIELDS)


def read_indicators(repository: Repository, notice: str, root: str) -> list[Indicator]:
    """Return every indicator, in the vocabulary's order, with the figures of a notice, or of all."""
    terms = Select(_TERM).where(equal(_TERM.c.vocabulary, "indicator")).order_by((_TERM.c.position, False))
    metrics = Select.records(Metric, notice)
    figures = repository.records(Metric, metrics.where(is_null(metrics.table.c.indicator, False)))
    return [
        _indicator(dict(zip(_TERM_FIELDS, row, strict=True)), figures, root)
        for row in repository.database.fetch(terms, *(_TERM.c[name] for name in _TERM_FIELDS))
    ]


def _indicator(term: dict[str, Any], figures: list[dict[str, Any]], root: str) -> Indicator:
    values = [
        IndicatorValue.model_validate({**figure, "metric_id": figure["id"], "url": expand_urls(figure["url"], root)})
        for figure in figures
        if figure["indicator"] == term["code"]
    ]
    return Indicator(**term, url=f"{root}/indicators/{term['code']}", values=values)

"""Rows of metrics, numerals and declared totals."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import SQLModel

from app.models.metric import MetricRow
from app.models.numeral import NumeralRow
from app.models.reconciliation import DeclarationRow
from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Metric
from app.transcription.layout.types import Selector
from app.transcription.parsing.figures import bounds, parse_figure
from app.transcription.source import Span, SpanIndex

# Quoted fields with spans of their own; all fields but these, the section and the figure itself are loaded as they are.
_QUOTED = {"comparison_text", "period_text", "counted"}
_UNCHANGED = set(Metric.model_fields) - _QUOTED - {"section", "quote", "value_text", "unit"}


def metric_rows(document: SourceDocument) -> Iterator[SQLModel]:
    """Yield metrics, numerals and declared totals, each in the order of the notice."""
    yield from _metrics(document)
    yield from _numerals(document)
    for n, declaration in enumerate(document.transcription.reconciliation):
        yield DeclarationRow(
            notice=document.slug, position=n, metric_id=declaration.metric, **declaration.model_dump(exclude={"metric"})
        )


def _metrics(document: SourceDocument) -> Iterator[MetricRow]:
    for n, metric in enumerate(document.transcription.metrics):
        value, issue = document.spans[f"$.metrics[{n}].value_text"], document.issues.get(metric.section)
        yield MetricRow(
            notice=document.slug,
            position=n,
            section_id=metric.section,
            translation=document.translation(metric.label_en),
            issue_number=issue.number if issue else None,
            category_number=issue.category if issue else None,
            statement_id=document.statement_index.containing(value),
            **metric.model_dump(include=_UNCHANGED),
            **_computed(metric),
            **_quotes(document, f"$.metrics[{n}]", metric, value),
        )


def _computed(metric: Metric) -> dict[str, Any]:
    normalized = metric.value * metric.multiplier
    figure = parse_figure(metric.value_text.exact if isinstance(metric.value_text, Selector) else metric.value_text)
    second = figure.upper * metric.multiplier if figure and figure.upper is not None else None
    sign = -1 if metric.value < 0 else 1
    lower, upper = bounds(normalized, metric.qualifier, second and sign * second)
    return {"normalized_value": normalized, "sort_value": float(normalized), "lower": lower, "upper": upper}


def _quotes(document: SourceDocument, path: str, metric: Metric, value: Span) -> dict[str, Any]:
    unit = None
    if metric.unit:
        start = document.source.text.rindex(metric.unit, value.start, value.end)
        unit = Span(start, start + len(metric.unit))
    columns = document.field_columns("unit", unit) | document.record_columns("quote", document.spans[f"{path}.quote"])
    for name in sorted(_QUOTED):
        columns |= document.field_columns(name, document.spans.get(f"{path}.{name}"))
    return columns | {"value_text": document.source[value], "value_start": value.start, "value_end": value.end}


def _numerals(document: SourceDocument) -> Iterator[NumeralRow]:
    metrics = document.transcription.metrics
    figures = SpanIndex({m.id: document.spans[f"$.metrics[{n}].value_text"] for n, m in enumerate(metrics)})
    for n, numeral in enumerate(document.transcription.numerals):
        span = document.spans[f"$.numerals[{n}].text"]
        yield NumeralRow(
            notice=document.slug,
            position=n,
            id=numeral.id,
            section_id=numeral.section,
            class_=numeral.class_,
            metric_id=figures.containing(span),
            **document.record_columns("text", span),
        )

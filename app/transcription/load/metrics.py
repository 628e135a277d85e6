"""Rows of metrics, of the numerals they stand on, and of the totals that the notice declares."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import SQLModel

from app.models.metric import MetricRow
from app.models.numeral import NumeralRow
from app.models.reconciliation import DeclarationRow
from app.models.statement import MEASURE
from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Metric
from app.transcription.parsing.figures import bounds
from app.transcription.source import Span

# What the editor wrote and the table takes as it is; the rest is printed, and comes with its place.
_FIELDS = set(Metric.model_fields) - {
    "section",
    "quote",
    "value_text",
    "unit",
    "comparison_text",
    "period_text",
    "counted",
}
_PRINTED = ("comparison_text", "period_text", "counted")


def metric_rows(document: SourceDocument) -> Iterator[SQLModel]:
    """Metrics, numerals and declarations, in the notice's order."""
    yield from _metrics(document)
    yield from _numerals(document)
    for n, declaration in enumerate(document.transcription.reconciliation):
        yield DeclarationRow(
            notice=document.slug, position=n, metric_id=declaration.metric, **declaration.model_dump(exclude={"metric"})
        )


def _metrics(document: SourceDocument) -> Iterator[MetricRow]:
    issues = {issue.section: issue for issue in document.transcription.issues}
    measures = [
        (document.at[f"$.statements[{n}].quote"], statement.id)
        for n, statement in enumerate(document.transcription.statements)
        if statement.role == MEASURE
    ]
    for n, metric in enumerate(document.transcription.metrics):
        value, issue = document.at[f"$.metrics[{n}].value_text"], issues.get(metric.section)
        yield MetricRow(
            notice=document.slug,
            position=n,
            section_id=metric.section,
            issue_number=issue.number if issue else None,
            category_number=issue.category if issue else None,
            measure_id=next((id for span, id in measures if span.holds(value)), None),
            **metric.model_dump(include=_FIELDS),
            **_computed(metric),
            **_places(document, f"$.metrics[{n}]", metric, value),
        )


def _computed(metric: Metric) -> dict[str, Any]:
    normalized = metric.value * metric.multiplier
    lower, upper = bounds(normalized, metric.qualifier)
    return {"normalized_value": normalized, "sort_value": float(normalized), "lower": lower, "upper": upper}


def _places(document: SourceDocument, path: str, metric: Metric, value: Span) -> dict[str, Any]:
    unit = None
    if metric.unit:
        start = document.source.text.rindex(metric.unit, value.start, value.end)
        unit = Span(start, start + len(metric.unit))
    places = document.printed("unit", unit) | document.quoted("quote", document.at[f"{path}.quote"])
    for name in _PRINTED:
        places |= document.printed(name, document.at.get(f"{path}.{name}"))
    return places | {"value_text": document.source[value], "value_start": value.start, "value_end": value.end}


def _numerals(document: SourceDocument) -> Iterator[NumeralRow]:
    figures = [(document.at[f"$.metrics[{n}].value_text"], m.id) for n, m in enumerate(document.transcription.metrics)]
    for n, numeral in enumerate(document.transcription.numerals):
        place = document.at[f"$.numerals[{n}].text"]
        yield NumeralRow(
            notice=document.slug,
            position=n,
            id=numeral.id,
            section_id=numeral.section,
            class_=numeral.class_,
            metric_id=next((id for span, id in figures if span.holds(place)), None),
            **document.quoted("text", place),
        )

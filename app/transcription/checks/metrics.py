"""Checks of each metric against its sentence: the printed words must give every value that is recorded for them."""

from itertools import chain

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Metric
from app.transcription.parsing.figures import Figure, longer_figure, parse_figure
from app.transcription.parsing.periods import Period, parse_period
from app.transcription.source import Span

_PARTS = ("percent", "per_mille", "tenth", "fraction", "times")  # units
_PERCENTAGES, _CHANGES = ("share", "growth_rate"), ("change", "growth_rate")  # natures


def check_metrics(document: SourceDocument) -> None:
    """Find every figure in its sentence and compare its fields with the printed words."""
    units = set(chain.from_iterable(document.printed_forms("unit").values()))
    for n, metric in enumerate(document.transcription.metrics):
        path = f"$.metrics[{n}]"
        sentence = document.find(f"{path}.quote", metric.quote, document.section_spans.get(metric.section))
        if sentence is None:
            continue
        _check_sentence(document, path, metric, sentence)
        for field in ("comparison_text", "period_text", "counted"):
            document.find(f"{path}.{field}", getattr(metric, field), sentence)
        if value := document.find(f"{path}.value_text", metric.value_text, sentence):
            _check_figure(document, path, metric, value)
            _check_whole_figure(document, path, value, sentence, units)
        _check_change(document, path, metric, sentence)
        _check_rate(document, path, metric, sentence)
        _check_period(document, path, metric)


def _check_sentence(document: SourceDocument, path: str, metric: Metric, quote: Span) -> None:
    # A heading may end without a mark: the first sentence of the text does not begin in it.
    parts = (document.heading_spans.get(metric.section), document.body_spans.get(metric.section))
    within = next((part for part in parts if part and part.contains(quote)), document.section_spans[metric.section])
    sentence = document.sentence(quote, within)
    if sentence != quote:
        document.report(f"{path}.quote", f"is not the whole sentence: {document.source[sentence][:80]!r}")


def _check_figure(document: SourceDocument, path: str, metric: Metric, span: Span) -> None:
    printed = document.source[span]
    figure = parse_figure(printed)
    if figure is None:
        return document.report(f"{path}.value_text", f"{printed!r} can't be parsed as one figure")
    for field, value in _expected_fields(metric, figure).items():
        if getattr(metric, field) != value:
            document.report(f"{path}.{field}", f"{printed!r} says {value}, not {getattr(metric, field)}")
    if (metric.unit is None) != (metric.unit_code is None):
        document.report(f"{path}.unit_code", "must be given if, and only if, a unit is printed")
    elif metric.unit and metric.unit not in document.printed_forms("unit").get(metric.unit_code or "", []):
        document.report(f"{path}.unit_code", f"{metric.unit!r} is no printed form of {metric.unit_code!r}")
    if metric.nature in _PERCENTAGES and metric.unit_code not in _PARTS:
        document.report(f"{path}.nature", f"a {metric.nature} is a part of a whole, not in {metric.unit}")


def _expected_fields(metric: Metric, figure: Figure) -> dict[str, object]:
    falls = metric.direction == "decrease" and metric.nature in _CHANGES
    return {
        "value": -figure.value if falls else figure.value,
        "unit": figure.unit,
        "multiplier": figure.multiplier,
        "qualifier": figure.qualifier,
    }


def _check_whole_figure(document: SourceDocument, path: str, value: Span, sentence: Span, units: set[str]) -> None:
    # The words for what is counted are not part of the figure: 不足12条 may mean twelve shortcomings (不足).
    counted = document.spans.get(f"{path}.counted", sentence)
    start = counted.end if counted.end <= value.start else sentence.start
    before, after = document.source[Span(start, value.start)], document.source[Span(value.end, sentence.end)]
    if longer := longer_figure(before, document.source[value], after, units):
        message = f"{document.source[value]!r} is cut short: the sentence prints {longer!r}"
        document.report(f"{path}.value_text", message)


def _check_change(document: SourceDocument, path: str, metric: Metric, span: Span) -> None:
    """Compare direction and comparison with the words of the sentence; check that a note is in both languages."""
    sentence = document.source[span]
    if metric.direction and not document.prints("direction", metric.direction, sentence):
        document.report(f"{path}.direction", f"no word of the sentence says {metric.direction}: {sentence[:80]!r}")
    if (metric.comparison is None) != (metric.comparison_text is None):
        document.report(f"{path}.comparison_text", "must be given if, and only if, there is a comparison")
    elif comparison := document.spans.get(f"{path}.comparison_text"):
        words = document.source[comparison]
        if metric.comparison and not document.prints("comparison", metric.comparison, words):
            document.report(f"{path}.comparison", f"{words!r} does not say {metric.comparison}")
    if metric.nature in _CHANGES and metric.direction is None:
        document.report(f"{path}.direction", f"a {metric.nature} needs a direction")
    if (metric.note is None) != (metric.note_en is None) and not (metric.note and document.is_draft):
        document.report(f"{path}.note_en", "must be given if, and only if, there is a note")


def _check_rate(document: SourceDocument, path: str, metric: Metric, sentence: Span) -> None:
    """Check that only a frequency is per a stretch of time, and that the sentence says which (每年)."""
    if metric.per and metric.nature != "frequency":
        document.report(f"{path}.per", f"only a frequency has one, not a {metric.nature}")
    elif metric.per and not document.prints("per", metric.per, document.source[sentence]):
        document.report(f"{path}.per", f"no word of the sentence says {metric.per}: {document.source[sentence][:80]!r}")


def _check_period(document: SourceDocument, path: str, metric: Metric) -> None:
    span, stated = document.spans.get(f"{path}.period_text"), (metric.period_start, metric.period_end)
    if (metric.period_kind == "none") != (metric.period_text is None):
        return document.report(f"{path}.period_text", "must be given if, and only if, there is a period")
    if span is None and stated != (None, None):
        document.report(f"{path}.period_start", "a date without the words that state it")
    if span is None:
        return None
    words, kind = document.source[span], metric.period_kind
    kinds = document.codes_in("period_kind", words)
    if kinds and kind not in kinds:
        document.report(f"{path}.period_kind", f"{words!r} says {' or '.join(kinds)}, not {kind}")
    elif stated != (printed := _limit(parse_period(words), kind)):
        message = f"{words!r} says {_format_period(printed)}, not {_format_period(stated)}"
        document.report(f"{path}.period_start", message)


def _limit(period: Period, kind: str) -> Period:
    """Remove the first day of a period of kind `as_of` and the last day of one of kind `since`."""
    first, last = period
    return (None if kind == "as_of" else first), (None if kind == "since" else last)


def _format_period(period: Period) -> str:
    return "no date" if period == (None, None) else f"{period[0]} to {period[1]}"

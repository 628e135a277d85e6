"""Checks of metrics beside each other: each figure once, equal quantities equal, no part greater than its whole."""

from decimal import Decimal

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Metric
from app.transcription.source import Span


def check_relations(document: SourceDocument) -> None:
    """Check that related metrics can be compared, and that a comparable total has something to be compared with."""
    _check_figures_once(document)
    metrics = {metric.id: metric for metric in document.transcription.metrics}
    for n, metric in enumerate(document.transcription.metrics):
        path = f"$.metrics[{n}]"
        for relation in ("same_as", "part_of", "denominator"):
            if getattr(metric, relation) == metric.id:
                document.report(f"{path}.{relation}", "a metric can't be related to itself")
        if (other := metrics.get(metric.same_as or "")) and other is not metric:
            _check_same(document, path, metric, other)
        if (whole := metrics.get(metric.part_of or "")) and whole is not metric:
            _check_part(document, path, metric, whole)
            if metric.id in _wholes(whole, metrics):
                document.report(f"{path}.part_of", f"{whole.id} is itself this metric or a part of it")
        if metric.denominator and metric.nature not in ("share", "change"):
            document.report(f"{path}.denominator", f"a {metric.nature} has no denominator")
    for n, declaration in enumerate(document.transcription.reconciliation):
        if declaration.comparable and declaration.counted_as is None:
            document.report(f"$.reconciliation[{n}].comparable", "can't be true where counted_as is null")


def _check_figures_once(document: SourceDocument) -> None:
    known: dict[Span, str] = {}
    for n, metric in enumerate(document.transcription.metrics):
        path = f"$.metrics[{n}].value_text"
        if (span := document.spans.get(path)) and known.setdefault(span, metric.id) != metric.id:
            document.report(path, f"this {document.source[span]!r} is already the figure of {known[span]}")


def _wholes(metric: Metric, metrics: dict[str, Metric]) -> set[str]:
    """Return the ids of everything that the metric is the same as or a part of, directly or indirectly."""
    found: set[str] = set()
    waiting = [metric.part_of, metric.same_as]
    while waiting:
        id = waiting.pop()
        if id in metrics and id not in found:
            found.add(id)
            waiting += [metrics[id].part_of, metrics[id].same_as]
    return found


def _normalized(metric: Metric) -> Decimal:
    return metric.value * metric.multiplier


def _check_same(document: SourceDocument, path: str, metric: Metric, other: Metric) -> None:
    path = f"{path}.same_as"
    if metric.counted_code != other.counted_code:
        document.report(path, f"counts {metric.counted_code}, but {other.id} counts {other.counted_code}")
    if (_normalized(metric), metric.unit_code) != (_normalized(other), other.unit_code):
        document.report(path, f"{metric.value} {metric.unit} is not the {other.value} {other.unit} of {other.id}")


def _check_part(document: SourceDocument, path: str, metric: Metric, whole: Metric) -> None:
    path = f"{path}.part_of"
    if metric.counted_code != whole.counted_code:
        document.report(path, f"counts {metric.counted_code}, but {whole.id} counts {whole.counted_code}")
    elif _normalized(metric) > _normalized(whole):
        message = f"{metric.value} is more than the {whole.value} of {whole.id}, of which it is a part"
        document.report(path, message)

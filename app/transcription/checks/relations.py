"""Metrics beside each other: each figure once, the same quantity equal, no part above its whole."""

from decimal import Decimal

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Metric
from app.transcription.source import Span

_RELATIONS = ("same_as", "part_of", "denominator")


def check_relations(document: SourceDocument) -> None:
    """Whatever relates two metrics must make sense of both, and a declared total be held against something."""
    _check_places(document)
    metrics = {metric.id: metric for metric in document.transcription.metrics}
    for n, metric in enumerate(document.transcription.metrics):
        path = f"$.metrics[{n}]"
        for relation in _RELATIONS:
            if getattr(metric, relation) == metric.id:
                document.say(f"{path}.{relation}", "a metric is not related to itself")
        if (other := metrics.get(metric.same_as or "")) and other is not metric:
            _check_same(document, path, metric, other)
        if (whole := metrics.get(metric.part_of or "")) and whole is not metric:
            _check_part(document, path, metric, whole)
            if metric.id in _wholes(whole, metrics):
                document.say(f"{path}.part_of", f"{whole.id} is itself this metric or a part of it")
        if metric.denominator and metric.nature not in ("share", "change"):
            document.say(f"{path}.denominator", f"a {metric.nature} is no share of anything")
    for n, declaration in enumerate(document.transcription.reconciliation):
        if declaration.comparable and declaration.counted_as is None:
            document.say(f"$.reconciliation[{n}].comparable", "nothing is comparable where counted_as is null")


def _check_places(document: SourceDocument) -> None:
    known: dict[Span, str] = {}
    for n, metric in enumerate(document.transcription.metrics):
        if (place := document.at.get(f"$.metrics[{n}].value_text")) and known.setdefault(place, metric.id) != metric.id:
            document.say(
                f"$.metrics[{n}].value_text", f"{document.source[place]!r} there is the figure of {known[place]}"
            )


def _wholes(metric: Metric, metrics: dict[str, Metric]) -> set[str]:
    """The ids of all that the metric is the same as or a part of, at any remove."""
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
    if metric.counted_code != other.counted_code:
        document.say(f"{path}.same_as", f"counts {metric.counted_code}, but {other.id} counts {other.counted_code}")
    if (_normalized(metric), metric.unit_code) != (_normalized(other), other.unit_code):
        document.say(
            f"{path}.same_as", f"{metric.value} {metric.unit} is not the {other.value} {other.unit} of {other.id}"
        )


def _check_part(document: SourceDocument, path: str, metric: Metric, whole: Metric) -> None:
    if metric.counted_code != whole.counted_code:
        document.say(f"{path}.part_of", f"counts {metric.counted_code}, but {whole.id} counts {whole.counted_code}")
    elif _normalized(metric) > _normalized(whole):
        document.say(
            f"{path}.part_of", f"{metric.value} is more than the {whole.value} of {whole.id}, of which it is a part"
        )

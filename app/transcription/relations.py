"""Metrics beside each other: the same quantity is equal, and a part is not above its whole."""

from decimal import Decimal

from app.transcription.desk import Desk
from app.transcription.shape import Metric


def check_relations(desk: Desk) -> None:
    """Whatever relates two metrics must make sense of both."""
    metrics = {metric.id: metric for metric in desk.transcription.metrics}
    for n, metric in enumerate(desk.transcription.metrics):
        path = f"$.metrics[{n}]"
        for relation in ("same_as", "part_of", "denominator"):
            if getattr(metric, relation) == metric.id:
                desk.say(f"{path}.{relation}", "a metric is not related to itself")
        if other := metrics.get(metric.same_as or ""):
            _check_same(desk, path, metric, other)
        if whole := metrics.get(metric.part_of or ""):
            _check_part(desk, path, metric, whole)
        if metric.denominator and metric.nature not in ("share", "change"):
            desk.say(f"{path}.denominator", f"a {metric.nature} is no share of anything")


def _normalized(metric: Metric) -> Decimal:
    return metric.value * metric.multiplier


def _check_same(desk: Desk, path: str, metric: Metric, other: Metric) -> None:
    if (_normalized(metric), metric.unit_code) != (_normalized(other), other.unit_code):
        desk.say(f"{path}.same_as", f"{metric.value} {metric.unit} is not the {other.value} {other.unit} of {other.id}")


def _check_part(desk: Desk, path: str, metric: Metric, whole: Metric) -> None:
    if metric.counted_code != whole.counted_code:
        desk.say(f"{path}.part_of", f"counts {metric.counted_code}, but {whole.id} counts {whole.counted_code}")
    elif _normalized(metric) > _normalized(whole):
        desk.say(
            f"{path}.part_of", f"{metric.value} is more than the {whole.value} of {whole.id}, of which it is a part"
        )

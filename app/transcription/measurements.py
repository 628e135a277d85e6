"""Metrics against the source: the printed figure must give back every value that is stated for it."""

import re
from calendar import monthrange
from datetime import date

from app.transcription.desk import Desk
from app.transcription.figures import Figure, parse
from app.transcription.shape import Metric
from app.transcription.source import Span

_PARTS = ("comparison_text", "period_text", "counted")


def check_metrics(desk: Desk) -> None:
    """Place every figure in its sentence and hold its fields to the printed words."""
    for n, metric in enumerate(desk.transcription.metrics):
        path = f"$.metrics[{n}]"
        quote = desk.find(f"{path}.quote", metric.quote, desk.sections.get(metric.section))
        if quote is None:
            continue
        _check_sentence(desk, path, metric, quote)
        for part in _PARTS:
            desk.find(f"{path}.{part}", getattr(metric, part), quote)
        if value := desk.find(f"{path}.value_text", metric.value_text, quote):
            _check_figure(desk, path, metric, value)
        _check_words(desk, path, metric, quote)
        _check_period(desk, path, metric)


def _check_sentence(desk: Desk, path: str, metric: Metric, quote: Span) -> None:
    sentence = desk.source.sentence(quote, desk.sections[metric.section])
    if sentence != quote:
        desk.say(f"{path}.quote", f"is not the whole sentence: {desk.source[sentence][:80]!r}")


def _check_figure(desk: Desk, path: str, metric: Metric, span: Span) -> None:
    printed = desk.source[span]
    figure = parse(printed)
    if figure is None:
        return desk.say(f"{path}.value_text", f"{printed!r} can't be taken apart as one figure")
    for field, said in _stated(metric, figure).items():
        if getattr(metric, field) != said:
            desk.say(f"{path}.{field}", f"{printed!r} says {said}, not {getattr(metric, field)}")
    if (metric.unit is None) != (metric.unit_code is None):
        desk.say(f"{path}.unit_code", "stands exactly where a unit is printed")
    elif metric.unit and metric.unit not in desk.forms("unit", metric.unit_code or ""):
        desk.say(f"{path}.unit_code", f"{metric.unit!r} is not printed for {metric.unit_code!r}")


def _stated(metric: Metric, figure: Figure) -> dict[str, object]:
    falls = metric.direction == "decrease" and metric.nature in ("change", "growth_rate")
    return {
        "value": -figure.value if falls else figure.value,
        "unit": figure.unit,
        "multiplier": figure.multiplier,
        "qualifier": figure.qualifier,
    }


def _check_words(desk: Desk, path: str, metric: Metric, quote: Span) -> None:
    sentence = desk.source[quote]
    if metric.direction and not any(form in sentence for form in desk.forms("direction", metric.direction)):
        desk.say(f"{path}.direction", f"no word of the sentence says {metric.direction}: {sentence[:80]!r}")
    if (metric.comparison is None) != (metric.comparison_text is None):
        desk.say(f"{path}.comparison_text", "stands exactly where a comparison is stated")
    elif comparison := desk.at.get(f"{path}.comparison_text"):
        words = desk.source[comparison]
        if not any(form in words for form in desk.forms("comparison", metric.comparison or "")):
            desk.say(f"{path}.comparison", f"{words!r} does not say {metric.comparison}")
    if metric.nature in ("change", "growth_rate") and metric.direction is None:
        desk.say(f"{path}.direction", f"a {metric.nature} rises or falls")


_PERIOD = re.compile(
    r"(?:(?P<first>[0-9]{4})年?[-—–至到])?(?P<year>[0-9]{4})年(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?)?"
)


def _check_period(desk: Desk, path: str, metric: Metric) -> None:
    place = desk.at.get(f"{path}.period_text")
    if (metric.period_kind == "none") != (metric.period_text is None):
        return desk.say(f"{path}.period_text", "stands exactly where a period is stated")
    said = days(desk.source[place]) if place else (None, None)
    if metric.period_kind == "since":
        said = (said[0], None)
    if metric.period_kind == "as_of":
        said = (None, said[1])
    stated = (metric.period_start, metric.period_end)
    if place and stated != said:
        desk.say(f"{path}.period_start", f"{desk.source[place]!r} says {_period(said)}, not {_period(stated)}")
    if place is None and stated != (None, None):
        desk.say(f"{path}.period_start", "a date without the words that state it")


def _period(period: tuple[date | None, date | None]) -> str:
    return "no date" if period == (None, None) else f"{period[0]} to {period[1]}"


def days(words: str) -> tuple[date | None, date | None]:
    """The first and last day that the words state; None, None where they state no date (全年, 截至目前)."""
    match = _PERIOD.search(words)
    if match is None:
        return None, None
    year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    try:
        start = date(int(match["first"] or year), month or 1, day or 1)
        return start, date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None, None

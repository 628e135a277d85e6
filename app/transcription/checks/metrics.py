"""Metrics against the source: the printed figure must give back every value that is stated for it."""

from itertools import chain

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Metric
from app.transcription.parsing.figures import Figure, longer, parse
from app.transcription.parsing.periods import check_period
from app.transcription.source import Span

# Figures of these natures are percentages; a change is told by its direction.
_PERCENTAGES, _CHANGES = ("share", "growth_rate"), ("change", "growth_rate")
_PARTS = ("comparison_text", "period_text", "counted")


def check_metrics(document: SourceDocument) -> None:
    """Place every figure in its sentence and hold its fields to the printed words."""
    for n, metric in enumerate(document.transcription.metrics):
        path = f"$.metrics[{n}]"
        quote = document.find(f"{path}.quote", metric.quote, document.sections.get(metric.section))
        if quote is None:
            continue
        _check_sentence(document, path, metric, quote)
        for part in _PARTS:
            document.find(f"{path}.{part}", getattr(metric, part), quote)
        if value := document.find(f"{path}.value_text", metric.value_text, quote):
            _check_figure(document, path, metric, value)
            _check_ends(document, path, value, quote)
        _check_words(document, path, metric, quote)
        check_period(document, path, metric)


def _check_sentence(document: SourceDocument, path: str, metric: Metric, quote: Span) -> None:
    # A heading may go without a mark: the text's first sentence does not begin in it.
    parts = (document.headings.get(metric.section), document.bodies.get(metric.section))
    within = next((part for part in parts if part and part.holds(quote)), document.sections[metric.section])
    sentence = document.source.sentence(quote, within)
    if sentence != quote:
        document.say(f"{path}.quote", f"is not the whole sentence: {document.source[sentence][:80]!r}")


def _check_figure(document: SourceDocument, path: str, metric: Metric, span: Span) -> None:
    printed = document.source[span]
    figure = parse(printed)
    if figure is None:
        return document.say(f"{path}.value_text", f"{printed!r} can't be taken apart as one figure")
    for field, said in _stated(metric, figure).items():
        if getattr(metric, field) != said:
            document.say(f"{path}.{field}", f"{printed!r} says {said}, not {getattr(metric, field)}")
    if (metric.unit is None) != (metric.unit_code is None):
        document.say(f"{path}.unit_code", "stands exactly where a unit is printed")
    elif metric.unit and metric.unit not in document.forms("unit").get(metric.unit_code or "", []):
        document.say(f"{path}.unit_code", f"{metric.unit!r} is not printed for {metric.unit_code!r}")
    if metric.nature in _PERCENTAGES and metric.unit_code != "percent":
        document.say(f"{path}.nature", f"a {metric.nature} is in percent, not in {metric.unit}")


def _stated(metric: Metric, figure: Figure) -> dict[str, object]:
    falls = metric.direction == "decrease" and metric.nature in _CHANGES
    return {
        "value": -figure.value if falls else figure.value,
        "unit": figure.unit,
        "multiplier": figure.multiplier,
        "qualifier": figure.qualifier,
    }


def _check_ends(document: SourceDocument, path: str, value: Span, quote: Span) -> None:
    # What the figure counts is no part of it: 不足12条 may be twelve shortcomings.
    counted = document.at.get(f"{path}.counted", quote)
    start = counted.end if counted.end <= value.start else quote.start
    before, behind = document.source[Span(start, value.start)], document.source[Span(value.end, quote.end)]
    units = set(chain.from_iterable(document.forms("unit").values()))
    if whole := longer(before, document.source[value], behind, units):
        document.say(f"{path}.value_text", f"{document.source[value]!r} is cut short: the sentence prints {whole!r}")


def _check_words(document: SourceDocument, path: str, metric: Metric, quote: Span) -> None:
    sentence = document.source[quote]
    if metric.direction and metric.direction not in document.said("direction", sentence):
        document.say(f"{path}.direction", f"no word of the sentence says {metric.direction}: {sentence[:80]!r}")
    if (metric.comparison is None) != (metric.comparison_text is None):
        document.say(f"{path}.comparison_text", "stands exactly where a comparison is stated")
    elif comparison := document.at.get(f"{path}.comparison_text"):
        words = document.source[comparison]
        if metric.comparison not in document.said("comparison", words):
            document.say(f"{path}.comparison", f"{words!r} does not say {metric.comparison}")
    if metric.nature in _CHANGES and metric.direction is None:
        document.say(f"{path}.direction", f"a {metric.nature} rises or falls")
    if (metric.note is None) != (metric.note_en is None):
        document.say(f"{path}.note_en", "stands exactly where there is a note")

"""Every printed number accounted for: none without an entry, no entry without a number, no metric without either."""

from difflib import SequenceMatcher

from app.transcription.document import SourceDocument
from app.transcription.parsing import numerals
from app.transcription.source import Span

METRIC = "metric"


def check_numerals(document: SourceDocument) -> None:
    """Hold the entries of each section to the numbers printed there, and both to the metrics."""
    for section, span in document.sections.items():
        _check_section(document, section, list(numerals.scan(document.source, span)))
    values = [document.at.get(f"$.metrics[{n}].value_text") for n in range(len(document.transcription.metrics))]
    figures = [value for value in values if value]
    stood_on: list[Span] = []
    for n, numeral in enumerate(document.transcription.numerals):
        if place := document.at.get(f"$.numerals[{n}].text"):
            in_metric = any(figure.holds(place) for figure in figures)
            if in_metric != (numeral.class_ == METRIC):
                said = "stands in a metric's figure" if in_metric else "stands in no metric's figure"
                document.say(f"$.numerals[{n}].class", f"{numeral.text!r} is classed {numeral.class_}, but {said}")
            stood_on.append(place)
    for n, value in enumerate(values):
        if value and not any(value.holds(place) for place in stood_on):
            document.say(f"$.metrics[{n}].value_text", "stands on no numeral")


def _check_section(document: SourceDocument, section: str, printed: list[Span]) -> None:
    entries = [
        (n, numeral.text) for n, numeral in enumerate(document.transcription.numerals) if numeral.section == section
    ]
    words = [document.source[span] for span in printed]
    for tag, a, b, c, d in SequenceMatcher(None, words, [text for _, text in entries], autojunk=False).get_opcodes():
        if tag == "equal":
            for span, (n, _) in zip(printed[a:b], entries[c:d], strict=True):
                document.at[f"$.numerals[{n}].text"] = span
            continue
        for span in printed[a:b]:
            around = document.source[Span(max(0, span.start - 8), span.end + 8)].strip()
            document.say(
                "$.numerals",
                f"{section} prints {document.source[span]!r} in {around!r}, which has no entry in its place",
            )
        for n, text in entries[c:d]:
            document.say(f"$.numerals[{n}].text", f"{text!r} is not printed at this place of {section}")

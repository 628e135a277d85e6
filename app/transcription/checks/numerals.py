"""Checks of the numerals: every printed number has an entry, every entry is printed, and metrics agree with both."""

from difflib import SequenceMatcher

from app.transcription.document import SourceDocument
from app.transcription.parsing.numerals import NUMERAL
from app.transcription.source import Span

METRIC = "metric"


def check_numerals(document: SourceDocument) -> None:
    """Compare the entries of each section with the numbers printed there, and both with the metrics."""
    for section, span in document.section_spans.items():
        _check_section(document, section, span)
    values = [document.spans.get(f"$.metrics[{n}].value_text") for n in range(len(document.transcription.metrics))]
    figures = [value for value in values if value]
    positions: list[Span] = []
    for n, numeral in enumerate(document.transcription.numerals):
        if position := document.spans.get(f"$.numerals[{n}].text"):
            in_metric = any(figure.contains(position) for figure in figures)
            if in_metric != (numeral.class_ == METRIC):
                actual = "is in a metric's figure" if in_metric else "is in no metric's figure"
                document.report(f"$.numerals[{n}].class", f"{numeral.text!r} is classed {numeral.class_}, but {actual}")
            positions.append(position)
    for n, value in enumerate(values):
        if value and not any(value.contains(position) for position in positions):
            document.report(f"$.metrics[{n}].value_text", "contains no numeral")


def _check_section(document: SourceDocument, section: str, within: Span) -> None:
    """Keep the span of every entry that is printed; report numbers without entry and entries that are not printed."""
    numerals = enumerate(document.transcription.numerals)
    entries = [(n, numeral.text) for n, numeral in numerals if numeral.section == section]
    matches = NUMERAL.finditer(document.source.text, within.start, within.end)
    spans = [Span(match.start(), match.end()) for match in matches]
    printed = [document.source[span] for span in spans]
    for tag, a, b, c, d in SequenceMatcher(None, printed, [text for _, text in entries], autojunk=False).get_opcodes():
        if tag == "equal":
            for span, (n, _) in zip(spans[a:b], entries[c:d], strict=True):
                document.spans[f"$.numerals[{n}].text"] = span
            continue
        for span in spans[a:b]:
            around = document.source[Span(max(0, span.start - 8), span.end + 8)].strip()
            message = f"{section} prints {document.source[span]!r} in {around!r}, which has no entry in its place"
            document.report("$.numerals", message)
        for n, text in entries[c:d]:
            document.report(f"$.numerals[{n}].text", f"{text!r} is not printed at this position of {section}")

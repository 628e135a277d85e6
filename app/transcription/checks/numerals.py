"""Checks of the numerals: every printed number has an entry, every entry is printed, and metrics agree with both."""

from collections import defaultdict
from difflib import SequenceMatcher

from app.transcription.document import SourceDocument
from app.transcription.parsing.numerals import NUMERAL
from app.transcription.source import Span

METRIC = "metric"


def check_numerals(document: SourceDocument) -> None:
    """Compare the entries of each section with the numbers printed there, and both with the metrics."""
    cuts, entries = _cuts(document), defaultdict[str, list[tuple[int, str]]](list)
    for n, numeral in enumerate(document.transcription.numerals):
        entries[numeral.section].append((n, numeral.text))
    for section, span in document.section_spans.items():
        _check_section(document, section, span, cuts, entries[section])
    values = [document.spans.get(f"$.metrics[{n}].value_text") for n in range(len(document.transcription.metrics))]
    # Where figures and numerals end, by where they begin; figures by each of their positions.
    figures, numerals = dict[int, int](), dict[int, int]()
    for figure in filter(None, values):
        figures |= {start: max(figure.end, figures.get(start, 0)) for start in range(figure.start, figure.end)}
    for n, numeral in enumerate(document.transcription.numerals):
        if position := document.spans.get(f"$.numerals[{n}].text"):
            in_metric = position.end <= figures.get(position.start, 0)
            if in_metric != (numeral.class_ == METRIC):
                actual = "is in a metric's figure" if in_metric else "is in no metric's figure"
                document.report(f"$.numerals[{n}].class", f"{numeral.text!r} is classed {numeral.class_}, but {actual}")
            numerals[position.start] = position.end
    for n, value in enumerate(values):
        if value and not any(
            numerals.get(start, value.end + 1) <= value.end for start in range(value.start, value.end)
        ):
            document.report(f"$.metrics[{n}].value_text", "contains no numeral")


def _cuts(document: SourceDocument) -> list[Span]:
    """Return where texts are cut before numerals are looked for, in order.

    They are cut at the end of a marker, since 1.2023年 is no decimal, and residue is cut out.
    """
    markers = [span.end for path, span in document.spans.items() if path.endswith(".marker")]
    for section in document.transcription.sections:
        heading = document.heading_spans.get(section.id)
        if heading and section.marker:
            markers.append(heading.start + len(section.marker))
    cuts = [*(Span(end, end) for end in markers), *document.residue]
    return sorted(cuts, key=lambda span: (span.start, span.end))


def _numerals(document: SourceDocument, within: Span, cuts: list[Span]) -> list[Span]:
    """Return the spans of the numbers that are printed in a section."""
    spans: list[Span] = []
    start = within.start
    for cut in [*(cut for cut in cuts if within.contains(cut)), Span(within.end, within.end)]:
        matches = NUMERAL.finditer(document.source.text, start, cut.start)
        spans += [Span(match.start(), match.end()) for match in matches]
        start = cut.end
    return spans


def _check_section(
    document: SourceDocument, section: str, within: Span, cuts: list[Span], entries: list[tuple[int, str]]
) -> None:
    """Keep the span of every entry that is printed; report numbers without entry and entries that are not printed."""
    spans = _numerals(document, within, cuts)
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

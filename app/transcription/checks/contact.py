"""Checks of the contact lines: none is missing, no number is cut in two, and each URI is that of the printed text."""

import re
from collections.abc import Iterator

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import ContactLine
from app.transcription.parsing.contact import contact_uris
from app.transcription.source import Span

_ADDRESS = re.compile(
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|(?:https?://|www\.)[A-Za-z0-9./?=&_%#~:-]*[A-Za-z0-9/]"
)


def check_contact(document: SourceDocument) -> None:
    """Check that every line is printed and that every number, e-mail and web address is on a line."""
    spans: dict[str, Span] = {}
    for n, line in enumerate(document.transcription.contact):
        path, section = f"$.contact[{n}]", document.section_spans.get(line.section)
        if label := document.find(f"{path}.label", line.label, section):
            spans[f"{path}.label"] = label
        if text := document.find(f"{path}.text", line.text, section):
            spans[f"{path}.text"] = text
            _check_uri(document, path, line, text)
    for address in _addresses(document):
        _check_address(document, spans, address)


def _addresses(document: SourceDocument) -> Iterator[Span]:
    """Yield the e-mail and web addresses and the identifying numbers that are printed beside the contact lines."""
    sections = {section.id for section in document.transcription.sections if section.role == "contact"}
    sections |= {line.section for line in document.transcription.contact}
    for id, within in document.section_spans.items():
        if id in sections:
            matches = _ADDRESS.finditer(document.source.text, within.start, within.end)
            yield from (Span(match.start(), match.end()) for match in matches)
    for n, numeral in enumerate(document.transcription.numerals):
        span = document.spans.get(f"$.numerals[{n}].text")
        if span and numeral.section in sections and numeral.class_ == "identifier":
            yield span


def _check_address(document: SourceDocument, spans: dict[str, Span], address: Span) -> None:
    overlapping = {path: span for path, span in spans.items() if span.overlaps(address)}
    for path, span in overlapping.items():
        if not span.contains(address):
            document.report(path, f"cuts {document.source[address]!r} in two")
    if not overlapping:
        document.report("$.contact", f"{document.source[address]!r} is on no contact line")


def _check_uri(document: SourceDocument, path: str, line: ContactLine, text: Span) -> None:
    printed, start = document.source[text], document.source.text.rfind("\n", 0, text.start) + 1
    expected = contact_uris(line.kind, printed, document.source[Span(start, text.start)])
    if line.uri not in expected:
        wanted = " or ".join(map(repr, expected))
        document.report(f"{path}.uri", f"{line.uri!r} should be {wanted}, as {printed!r} is printed")

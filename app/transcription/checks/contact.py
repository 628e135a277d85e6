"""Checks of the contact lines: none is missing, no number is cut in two, and each URI is that of the printed text."""

import re
from collections.abc import Iterator

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import ContactLine
from app.transcription.source import Span

# All notices have a division code of GB/T 2260, so that all their telephone numbers are Chinese.
_COUNTRY_CODE = "86"
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def check_contact(document: SourceDocument) -> None:
    """Check that every line is printed and that every number and e-mail address is on a line."""
    spans: dict[str, Span] = {}
    for n, line in enumerate(document.transcription.contact):
        path, section = f"$.contact[{n}]", document.section_spans.get(line.section)
        if label := document.find(f"{path}.label", line.label, section):
            spans[f"{path}.label"] = label
        if text := document.find(f"{path}.text", line.text, section):
            spans[f"{path}.text"] = text
            _check_uri(document, path, line, document.source[text])
    for address in _addresses(document):
        _check_address(document, spans, address)


def _addresses(document: SourceDocument) -> Iterator[Span]:
    """Yield the e-mail addresses and identifying numbers that are printed in the sections of the contact lines."""
    sections = {section.id for section in document.transcription.sections if section.role == "contact"}
    sections |= {line.section for line in document.transcription.contact}
    for id, within in document.section_spans.items():
        if id in sections:
            matches = _EMAIL.finditer(document.source.text, within.start, within.end)
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


def _check_uri(document: SourceDocument, path: str, line: ContactLine, printed: str) -> None:
    expected = {"email": f"mailto:{printed}", "telephone": _telephone_uri(printed)}.get(line.kind)
    if expected and line.uri != expected:
        document.report(f"{path}.uri", f"{line.uri!r} should be {expected!r}, as {printed!r} is printed")


def _telephone_uri(printed: str) -> str:
    """Return the `tel:` URI (RFC 3966) of a number, in which the country code replaces the leading 0."""
    number, *rest = re.split("转|分机", printed, maxsplit=1)
    extension = "".join(re.findall("[0-9]+", "".join(rest)))
    digits = "-".join(re.findall("[0-9]+", number)).lstrip("0")
    return f"tel:+{_COUNTRY_CODE}-{digits}" + (f";ext={extension}" if extension else "")

"""Checks of the contact lines: none is missing, no number is cut in two, and each URI is that of the printed text."""

import re
import unicodedata
from collections.abc import Iterator

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import ContactLine
from app.transcription.source import Span

# Notices are Chinese, and so are all their telephone numbers.
_COUNTRY_CODE = "86"
_TELEPHONES = ("telephone", "fax")
_SHORT, _LOCAL = 6, 8  # digits of a hotline (12345), and at most of a number within one area
_AREA_CODE = re.compile("(?<![0-9])0[0-9]{2,3}(?![0-9])")
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
            _check_uri(document, path, line, text, _area_code(document, text))
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


def _check_uri(document: SourceDocument, path: str, line: ContactLine, text: Span, area: str) -> None:
    printed = document.source[text]
    if line.kind in _TELEPHONES:
        expected = {_telephone_uri(printed, area)}
    elif line.kind == "email":
        expected = {f"mailto:{printed}"}
    elif line.kind == "website":
        expected = {printed} if "://" in printed else {f"http://{printed}", f"https://{printed}"}
    else:
        expected = {None}
    if line.uri not in expected:
        wanted = " or ".join(sorted(repr(uri) for uri in expected))
        document.report(f"{path}.uri", f"{line.uri!r} should be {wanted}, as {printed!r} is printed")


def _area_code(document: SourceDocument, text: Span) -> str:
    """Return the area code that is printed before a number on its line: (0329) or the 0329- of another number."""
    start = document.source.text.rfind("\n", 0, text.start) + 1
    codes = _AREA_CODE.findall(document.source[Span(start, text.start)])
    return codes[-1] if codes else ""


def _telephone_uri(printed: str, area: str) -> str | None:
    """Return the `tel:` URI (RFC 3966) of a number, in which the country code replaces the leading 0.

    None for a local number without an area code on its line, which can't be reached from elsewhere.
    """
    printed = unicodedata.normalize("NFKC", printed)
    number, *rest = re.split("转|分机", printed, maxsplit=1)
    extension = "".join(re.findall("[0-9]+", "".join(rest)))
    parts = re.findall("[0-9]+", number)
    digits = "".join(parts)
    if len(digits) <= _SHORT:
        return f"tel:{digits};phone-context=+{_COUNTRY_CODE}"
    if len(digits) <= _LOCAL and not digits.startswith("0"):
        if not area:
            return None
        parts = [area, *parts]
    number = "-".join(parts).lstrip("0")
    return f"tel:+{_COUNTRY_CODE}-{number}" + (f";ext={extension}" if extension else "")

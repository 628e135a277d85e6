"""Contact lines: each as printed, none left out, no number cut in two, and machine forms that reach what is printed."""

import re
from collections.abc import Iterator

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import ContactLine
from app.transcription.source import Span

# A division code of GB/T 2260 is one of China's, and so are the telephones of whom it names.
_COUNTRY = "86"
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def check_contact(document: SourceDocument) -> None:
    """Every contact line stands in its section, and whatever can be dialled or written to stands whole on a line."""
    places: dict[str, Span] = {}
    for n, line in enumerate(document.transcription.contact):
        path, section = f"$.contact[{n}]", document.sections.get(line.section)
        if label := document.find(f"{path}.label", line.label, section):
            places[f"{path}.label"] = label
        if text := document.find(f"{path}.text", line.text, section):
            places[f"{path}.text"] = text
            _check_uri(document, path, line, document.source[text])
    for address in _addresses(document):
        _check_address(document, places, address)


def _addresses(document: SourceDocument) -> Iterator[Span]:
    """The e-mail addresses and identifying numbers printed where the contact lines stand."""
    sections = {section.id for section in document.transcription.sections if section.role == "contact"}
    sections |= {line.section for line in document.transcription.contact}
    for id, span in document.sections.items():
        if id in sections:
            matches = _EMAIL.finditer(document.source.text, span.start, span.end)
            yield from (Span(match.start(), match.end()) for match in matches)
    for n, numeral in enumerate(document.transcription.numerals):
        place = document.at.get(f"$.numerals[{n}].text")
        if place and numeral.section in sections and numeral.class_ == "identifier":
            yield place


def _check_address(document: SourceDocument, places: dict[str, Span], address: Span) -> None:
    met = {path: place for path, place in places.items() if place.meets(address)}
    for path, place in met.items():
        if not place.holds(address):
            document.say(path, f"cuts {document.source[address]!r} in two")
    if not met:
        document.say("$.contact", f"{document.source[address]!r} stands on no contact line")


def _check_uri(document: SourceDocument, path: str, line: ContactLine, printed: str) -> None:
    if line.kind == "email" and line.uri != f"mailto:{printed}":
        document.say(f"{path}.uri", f"{line.uri!r} should be 'mailto:{printed}'")
    if line.kind == "telephone" and line.uri != (uri := _telephone(printed)):
        document.say(f"{path}.uri", f"{line.uri!r} does not have the digits of {printed!r} in the form {uri!r}")


def _telephone(printed: str) -> str:
    """RFC 3966: a number is dialled from abroad with the country's code in place of the leading 0."""
    number, *rest = re.split("转|分机", printed, maxsplit=1)
    extension = "".join(re.findall("[0-9]+", "".join(rest)))
    digits = "-".join(re.findall("[0-9]+", number)).lstrip("0")
    return f"tel:+{_COUNTRY}-{digits}" + (f";ext={extension}" if extension else "")

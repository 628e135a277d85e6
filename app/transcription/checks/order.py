"""Order: every list of the file runs as the notice does, and the issues' numbers without a gap."""

from collections.abc import Iterable

from app.transcription.document import SourceDocument
from app.transcription.source import Span

# What of each record says where it stands.
_PLACED = {"statements": "quote", "metrics": "value_text", "numerals": "text", "contact": "text"}


def check_order(document: SourceDocument) -> None:
    """No record stands in the file behind one that the notice prints after it; no issue's number is left out."""
    for name in ("categories", "issues"):
        _check_list(
            document, name, (document.sections.get(record.section) for record in getattr(document.transcription, name))
        )
    for name, field in _PLACED.items():
        count = len(getattr(document.transcription, name))
        _check_list(document, name, (document.at.get(f"$.{name}[{n}].{field}") for n in range(count)))
    numbers = {issue.number for issue in document.transcription.issues}
    for n, issue in enumerate(document.transcription.issues):
        if issue.number > 1 and issue.number - 1 not in numbers:
            document.say(f"$.issues[{n}].number", f"there is an issue {issue.number}, but no issue {issue.number - 1}")


def _check_list(document: SourceDocument, name: str, places: Iterable[Span | None]) -> None:
    before = None
    for n, place in enumerate(places):
        if before and place and place.start < before.start:
            text, other = document.source[place][:20], document.source[before][:20]
            document.say(f"$.{name}[{n}]", f"is out of order: the notice prints {text!r} before {other!r}")
        before = place or before

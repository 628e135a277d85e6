"""Order: every list of the file runs as the notice does, and the issues' numbers without a gap."""

from collections.abc import Iterable

from app.transcription.document import Desk
from app.transcription.source import Span

# What of each record says where it stands.
_PLACED = {"statements": "quote", "metrics": "value_text", "numerals": "text", "contact": "text"}


def check_order(desk: Desk) -> None:
    """No record stands in the file behind one that the notice prints after it; no issue's number is left out."""
    for name in ("categories", "issues"):
        _check_list(desk, name, (desk.sections.get(record.section) for record in getattr(desk.transcription, name)))
    for name, field in _PLACED.items():
        count = len(getattr(desk.transcription, name))
        _check_list(desk, name, (desk.at.get(f"$.{name}[{n}].{field}") for n in range(count)))
    numbers = {issue.number for issue in desk.transcription.issues}
    for n, issue in enumerate(desk.transcription.issues):
        if issue.number > 1 and issue.number - 1 not in numbers:
            desk.say(f"$.issues[{n}].number", f"there is an issue {issue.number}, but no issue {issue.number - 1}")


def _check_list(desk: Desk, name: str, places: Iterable[Span | None]) -> None:
    before = None
    for n, place in enumerate(places):
        if before and place and place.start < before.start:
            text, other = desk.source[place][:20], desk.source[before][:20]
            desk.say(f"$.{name}[{n}]", f"is out of order: the notice prints {text!r} before {other!r}")
        before = place or before

"""The outline against the source: sections in order, and not a character of the notice outside them."""

from app.transcription.desk import MARKS, Desk
from app.transcription.shape import Section
from app.transcription.source import Span


def check_outline(desk: Desk) -> None:
    """Place every section; headings, paragraphs and the declared residue must cover the source from end to end."""
    cursor, end = 0, desk.source.whole.end
    for n, section in enumerate(desk.transcription.sections):
        cursor = _place(desk, f"$.sections[{n}]", section, cursor)
        _check_heading(desk, f"$.sections[{n}]", section)
    for n, words in enumerate(desk.transcription.notice.residue):
        span = desk.follow(f"$.notice.residue[{n}]", words, cursor, end)
        cursor = span.end if span else cursor
    desk.nothing_between("$.sections", cursor, end)
    _check_tree(desk)


def _place(desk: Desk, path: str, section: Section, cursor: int) -> int:
    pieces = {f"{path}.text[{n}]": paragraph for n, paragraph in enumerate(section.text)}
    if section.heading:
        pieces = {f"{path}.heading": section.heading, **pieces}
    spans: list[Span] = []
    for where, words in pieces.items():
        if span := desk.follow(where, words, cursor, desk.source.whole.end):
            spans.append(span)
            cursor = span.end
    if spans:
        desk.sections[section.id] = Span(spans[0].start, cursor)
    if spans and section.text:
        desk.bodies[section.id] = Span(spans[1 if section.heading and len(spans) > 1 else 0].start, cursor)
    return cursor


def _check_heading(desk: Desk, path: str, section: Section) -> None:
    heading, marker = section.heading, section.marker
    if bool(heading) != bool(section.title_en):
        desk.say(f"{path}.title_en", "stands exactly where there is a heading")
    if marker and not (heading and heading.startswith(marker)):
        desk.say(f"{path}.marker", f"the heading does not begin with {marker!r}")
    if not heading and not section.text:
        desk.say(path, "has neither heading nor text")


def _check_tree(desk: Desk) -> None:
    seen: list[str] = []
    for n, section in enumerate(desk.transcription.sections):
        if section.parent is not None and section.parent not in seen:
            desk.say(f"$.sections[{n}].parent", f"{section.parent!r} is no section above it")
        seen.append(section.id)


def title(heading: Span, marker: str | None, text: str) -> Span:
    """The place of a heading's own words: without its marker and without the final 。"""
    start = heading.start + len(marker or "")
    while text[start].isspace():
        start += 1
    end = heading.end
    while text[end - 1] in MARKS:
        end -= 1
    return Span(start, end)

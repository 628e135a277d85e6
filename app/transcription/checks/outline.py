"""The outline against the source: sections in order, and not a character of the notice outside them."""

import re

from app.transcription.document import MARKS, SourceDocument
from app.transcription.layout.notice import Section
from app.transcription.source import Span

# What can only be a heading's number: (一) 一、 1. 第一章; a point before a digit is a decimal one.
_MARKER = re.compile(
    r"[(（](?:[0-9]+|[一二三四五六七八九十百]+)[)）]"
    r"|(?:[0-9]+|[一二三四五六七八九十百]+)(?:[、\uff0e)）]|\.(?![0-9]))"
    r"|第[一二三四五六七八九十百]+[章节]|[①-⑳]"
)


def check_outline(document: SourceDocument) -> None:
    """Place every section; headings, paragraphs and the declared residue must cover the source from end to end."""
    cursor, end = 0, document.source.whole.end
    for n, section in enumerate(document.transcription.sections):
        cursor = _place(document, f"$.sections[{n}]", section, cursor)
        _check_heading(document, f"$.sections[{n}]", section)
    for n, words in enumerate(document.transcription.notice.residue):
        span = document.follow(f"$.notice.residue[{n}]", words, cursor, end)
        cursor = span.end if span else cursor
    document.nothing_between("$.sections", cursor, end)
    _check_tree(document)


def _place(document: SourceDocument, path: str, section: Section, cursor: int) -> int:
    pieces = {f"{path}.text[{n}]": paragraph for n, paragraph in enumerate(section.text)}
    if section.heading:
        pieces = {f"{path}.heading": section.heading, **pieces}
    spans: list[Span] = []
    for where, words in pieces.items():
        if span := document.follow(where, words, cursor, document.source.whole.end):
            spans.append(span)
            cursor = span.end
    if spans:
        document.sections[section.id] = Span(spans[0].start, cursor)
    heading = document.at.get(f"{path}.heading")
    if heading:
        document.headings[section.id] = heading
    if paragraphs := [span for span in spans if span != heading]:
        document.bodies[section.id] = Span(paragraphs[0].start, cursor)
    return cursor


def _check_heading(document: SourceDocument, path: str, section: Section) -> None:
    heading, marker = section.heading, section.marker
    if bool(heading) != bool(section.title_en):
        document.say(f"{path}.title_en", "stands exactly where there is a heading")
    if marker and not (heading and heading.startswith(marker)):
        document.say(f"{path}.marker", f"the heading does not begin with {marker!r}: {(heading or '')[:20]!r}")
    elif heading and (printed := _MARKER.match(heading)) and not (marker or "").startswith(printed[0]):
        document.say(f"{path}.marker", f"the heading begins with the marker {printed[0]!r}, not {marker!r}")
    if not heading and not section.text:
        document.say(path, "has neither heading nor text")


def _check_tree(document: SourceDocument) -> None:
    # The section before and those above it: only in these can the next one stand.
    line: list[str] = []
    for n, section in enumerate(document.transcription.sections):
        if section.parent is None:
            line.clear()
        elif section.parent in line:
            del line[line.index(section.parent) + 1 :]
        else:
            known = ", ".join(line) or "none"
            document.say(f"$.sections[{n}].parent", f"{section.parent!r} is no section above it; those are {known}")
        line.append(section.id)


def title(heading: Span, marker: str | None, text: str) -> Span:
    """The place of a heading's own words: without its marker and without the final 。"""
    start = heading.start + len(marker or "")
    while text[start].isspace():
        start += 1
    end = heading.end
    while text[end - 1] in MARKS:
        end -= 1
    return Span(start, end)

"""The outline of a notice: masthead, preface, numbered parts, closing, contact details, and residue of the web page."""

import re

from app.transcription.draft.builder import OutlineBuilder
from app.transcription.draft.lexicons import Lexicons
from app.transcription.draft.lines import Line, is_residue, names_body, read_heading, read_lines
from app.transcription.draft.nodes import Node, Outline
from app.transcription.draft.tables import find_tables
from app.transcription.source import Span

_LATEST_TITLE, _LONGEST_MASTHEAD = 15, 80


def read_outline(text: str, lexicons: Lexicons) -> Outline:
    """Return the outline; a text without any heading is one section after the masthead."""
    lines = read_lines(text)
    title = _find_title(lines, lexicons)
    outline = Outline(Span(lines[title[0]].span.start, lines[title[1]].span.end) if title else None, [], [])
    first = _add_masthead(outline, lines, title, lexicons)
    OutlineBuilder(outline, lexicons).add(lines[first:], find_tables(text, lines[first:], lexicons))
    return outline


def _find_title(lines: list[Line], lexicons: Lexicons) -> tuple[int, int] | None:
    """Return the first and the last line of the title."""
    subject, form = lexicons.pattern("masthead.title_subject"), lexicons.pattern("masthead.title_form")
    for n, line in enumerate(lines[:_LATEST_TITLE]):
        text = line.text
        if "。" in text:
            # A title stands above the text.
            return None
        if (
            len(text) > 120
            or re.search("[>»\u203a]", text)
            or read_heading(line)
            or not (subject.search(text) and form.search(text))
        ):
            continue
        if not is_residue(text, lexicons) or "关于" in text:
            before = lines[n - 1].text if n else ""
            # The name of the body may stand on a line of its own above.
            is_split = names_body(before, lexicons) and text.find("关于") <= 0
            return (n - 1 if is_split else n), n
    return None


def _add_masthead(outline: Outline, lines: list[Line], title: tuple[int, int] | None, lexicons: Lexicons) -> int:
    """Add the masthead and the residue above and in it; return the number of the first line after it."""
    masthead = Node("s-masthead", None, "masthead", "outline:title")
    label = lexicons.pattern("masthead.labels")
    n = title[1] + 1 if title else 0
    if title:
        outline.residue += [line.span for line in lines[: title[0]]]
        masthead.paragraphs += [line.span for line in lines[title[0] : n]]
    while n < len(lines):
        text, is_heading = lines[n].text, bool(read_heading(lines[n]))
        is_labelled = len(text) <= _LONGEST_MASTHEAD and label.match(text.lstrip("(（[【"))
        # 2024-05-08, or 市某局 2024-05-08
        has_date = re.search(r"^[(（\[]?[0-9]{4}[-./年]|[-./月][0-9]{1,2}日?$", text)
        is_date = has_date and len(text) <= 40 and not is_heading and not re.search("[。，]", text)
        is_apart = not is_heading and (re.fullmatch("[(（].{1,40}[)）]", text) or names_body(text, lexicons))
        if title and (is_labelled or is_date):
            masthead.paragraphs.append(lines[n].span)
        elif title and is_residue(text, lexicons) and not is_heading:
            outline.residue.append(lines[n].span)
        elif title and is_apart:
            masthead.paragraphs.append(lines[n].span)
        else:
            break
        n += 1
    if masthead.paragraphs:
        outline.nodes.append(masthead)
    return n

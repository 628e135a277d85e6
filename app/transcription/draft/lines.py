"""The lines of a notice, and what each can only be: a heading, a label, residue of the web page, a paragraph."""

import re
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons
from app.transcription.source import Span

_CN = "[一二三四五六七八九十百]+"
# The styles of numbers before headings. Which of them stands above which is read from the notice itself.
MARKERS = {
    "chapter": re.compile(rf"第{_CN}(?:部分|章|节)[、\s]?"),
    "chinese": re.compile(rf"{_CN}[ \u3000]{{0,2}}[、\uff0e.]"),
    "chinese_brackets": re.compile(rf"[(（]{_CN}[)）][、.\uff0e]?"),
    "digits_brackets": re.compile(r"[(（][0-9\uff10-\uff19]{1,3}[)）][、.\uff0e]?"),
    "digits": re.compile(r"[0-9\uff10-\uff19]{1,3}(?:[、\uff0e）)]|\.(?![0-9]))"),
    "labelled": re.compile("问题[0-9一二三四五六七八九十]{0,3}[:：]"),
    "circled": re.compile("[①-⑳]"),
}
_DIGITS = str.maketrans("\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19", "0123456789")


def plain(text: str) -> str:
    """Return a text of the same length in which digits of full width are ordinary ones."""
    return text.translate(_DIGITS)


_LONGEST_HEADING, _LONGEST_RUN_IN = 90, 60


@dataclass(frozen=True)
class Line:
    """A line without the white space around it."""

    span: Span
    text: str


@dataclass(frozen=True)
class Heading:
    """A heading: `rest` is what stands on its line after it."""

    style: str
    marker: str
    number: str
    span: Span
    rest: Span


def read_lines(text: str) -> list[Line]:
    """Return the lines that are not blank."""
    found = (re.search(r"\S(?:.*\S)?", text[m.start() : m.end()]) for m in re.finditer("[^\n]+", text))
    starts = (m.start() for m in re.finditer("[^\n]+", text))
    return [
        Line(Span(start + match.start(), start + match.end()), match[0])
        for start, match in zip(starts, found, strict=True)
        if match
    ]


def read_heading(line: Line) -> Heading | None:
    """Return the heading that a line is or begins with; a numbered paragraph of several sentences is none."""
    for style, pattern in MARKERS.items():
        match = pattern.match(line.text)
        if match:
            end = _heading_end(line.text, match.end())
            if end <= match.end():
                return None
            start = line.span.start
            rest = len(line.text) - len(line.text[end:].lstrip(" \t\u2002\u2003\u3000:："))
            return Heading(
                style,
                line.text[: match.end()].strip(),
                re.sub(r"[^0-9\u3007零一二三四五六七八九十百①-⑳]", "", match[0].translate(_DIGITS)),
                Span(start, start + end),
                Span(start + rest, line.span.end),
            )
    return None


def _heading_end(text: str, marker: int) -> int:
    """Return where the heading at the beginning of a line ends; 0 if the line is a paragraph."""
    stop = re.search("[。！]", text[marker:])
    if not stop:
        # A heading may be as long as a sentence, but has no semicolon.
        return len(text) if len(text) <= _LONGEST_HEADING and not re.search("[;；]", text) else 0
    end = marker + stop.end()
    if end == len(text):
        return end if end <= _LONGEST_HEADING else 0
    return end if end <= _LONGEST_RUN_IN else 0


def names_body(text: str, lexicons: Lexicons) -> bool:
    """Tell whether a line is only the name of a body, by its end."""
    is_name = 3 < len(text) <= 40 and not re.search("[，,。:：;；0-9]", text)
    return is_name and bool(re.search(f"(?:{lexicons.pattern('masthead.body').pattern})$", text))


def is_residue(text: str, lexicons: Lexicons) -> bool:
    """Tell whether a line was left by the web page around the notice."""
    short = len(text) <= 60 and "。" not in text
    return short and bool(lexicons.pattern("outline.residue").search(text))

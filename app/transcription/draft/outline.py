"""The outline of a notice: masthead, preface, numbered parts, closing, contact details, and residue of the web page."""

import re
import unicodedata
from dataclasses import dataclass, field

from app.transcription.draft.lexicons import Lexicons
from app.transcription.draft.lines import Heading, Line, is_residue, read_heading, read_lines
from app.transcription.parsing.numerals import parse_numeral
from app.transcription.source import Span

_CONTACT = re.compile(r"[0-9]{3,4}[-—\uff0d][0-9]{6,8}|[\w.]+@[\w.]+|1[3-9][0-9]{9}")
_DATE = re.compile(
    r"(?:[0-9]{4}|[〇零○一二三四五六七八九]{4})年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)
_ANNEX = re.compile("附[件表][0-9一二三四五六七八九十]{0,2}[:：]?[^。,，]{0,40}")
_LATEST_TITLE, _LONGEST_MASTHEAD = 15, 80


@dataclass
class Node:
    """A section: its heading, its own paragraphs, and where it hangs. `rule` tells why it has its role."""

    id: str
    parent: "Node | None"
    role: str
    rule: str
    heading: Heading | None = None
    paragraphs: list[Span] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return 0 if self.parent is None else self.parent.depth + 1


@dataclass
class Outline:
    """The sections in the order of the notice. `title` is the span of the title, if one was found."""

    title: Span | None
    nodes: list[Node]
    residue: list[Span]

    def children(self, node: Node) -> list[Node]:
        return [other for other in self.nodes if other.parent is node]


def read_outline(text: str, lexicons: Lexicons) -> Outline:
    """Return the outline; a text without any heading is one section after the masthead."""
    lines = read_lines(text)
    title = _find_title(lines, lexicons)
    outline = Outline(Span(lines[title[0]].span.start, lines[title[1]].span.end) if title else None, [], [])
    first = _add_masthead(outline, lines, title, lexicons)
    _Builder(outline, lexicons).add(lines[first:])
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
            is_split = text.startswith("关于") and lexicons.pattern("masthead.body").search(before[-3:])
            return (n - 1 if is_split and len(before) < 40 else n), n
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
        text = lines[n].text
        is_labelled = len(text) <= _LONGEST_MASTHEAD and label.match(text.lstrip("(（[【"))
        is_date = (
            len(text) <= 40 and re.match(r"[(（\[]?(?:[0-9]{4}[-./年])", text) and "。" not in text and "，" not in text
        )
        if title and (is_labelled or is_date):
            masthead.paragraphs.append(lines[n].span)
        elif title and is_residue(text, lexicons) and not read_heading(lines[n]):
            outline.residue.append(lines[n].span)
        elif title and re.fullmatch("[(（].{1,40}[)）]", text) and not read_heading(lines[n]):
            masthead.paragraphs.append(lines[n].span)
        else:
            break
        n += 1
    if masthead.paragraphs:
        outline.nodes.append(masthead)
    return n


class _Builder:
    """Takes the lines after the masthead one by one."""

    def __init__(self, outline: Outline, lexicons: Lexicons) -> None:
        self.outline, self.lexicons = outline, lexicons
        # The open sections from the top down, each with the style of its number.
        self.branch: list[Node] = []
        self.tail: Node | None = None
        self.has_closed = False

    def add(self, lines: list[Line]) -> None:
        for n, line in enumerate(lines):
            text = line.text
            is_late = n >= len(lines) // 3 and bool(self.branch)
            heading = None if self.has_closed else read_heading(line)
            if heading is None and is_residue(text, self.lexicons) and not self._is_label(text):
                self.outline.residue.append(line.span)
            elif heading:
                self._open(heading)
            elif _ANNEX.fullmatch(text):
                self._open_annex(line)
            elif self.has_closed or (is_late and self._closes(text)):
                self._close(line)
            else:
                self._add_paragraph(line.span)

    def _open_annex(self, line: Line) -> None:
        """Open an annex, which stands under nothing else and may come after the closing."""
        heading = Heading("annex", "", "", line.span, Span(line.span.end, line.span.end))
        self.branch, self.has_closed = [self._new("s-annex", None, "annex", "outline:annex", heading)], False

    def _is_label(self, text: str) -> bool:
        return bool(self.lexicons.pattern("outline.labels", "contact.kinds").match(text))

    def _closes(self, text: str) -> bool:
        if self.lexicons.pattern("outline.closing").match(text):
            return True
        label = self.lexicons.pattern("contact.kinds").match(text)
        return bool(_CONTACT.search(text) and label) or self._is_signature(text)

    def _is_signature(self, text: str) -> bool:
        if len(text) > 40 or re.search("[，,。:：;；]", text):
            return False
        body = self.lexicons.pattern("masthead.body")
        return bool(_DATE.fullmatch(text)) or (text.startswith(("中共", "中国共产党")) and bool(body.search(text[-4:])))

    def _is_body(self, text: str) -> bool:
        """Tell whether a short line after the closing ends as a body's name does."""
        is_name = len(text) <= 30 and not re.search("[，,。:：;；0-9]", text)
        return is_name and bool(re.search(f"(?:{self.lexicons.pattern('masthead.body').pattern})$", text))

    def _close(self, line: Line) -> None:
        self.has_closed, self.branch = True, []
        role, name, rule = "closing", "s-closing", "outline:closing"
        if _CONTACT.search(line.text) or self.lexicons.pattern("contact.kinds").match(line.text.lstrip("(（")):
            role, name, rule = "contact", "s-contact", "outline:contact"
        elif self._is_signature(line.text) or self._is_body(line.text):
            role, name, rule = "signature", "s-signature", "outline:signature"
        if self.tail is not self.outline.nodes[-1] or self.tail is None or not self.tail.id.startswith(name):
            self.tail = self._new(name, None, role, rule)
        self.tail.paragraphs.append(line.span)

    def _new(self, name: str, parent: Node | None, role: str, rule: str, heading: Heading | None = None) -> Node:
        taken = {node.id for node in self.outline.nodes}
        name = next(id for n in range(1, len(taken) + 2) if (id := name if n == 1 else f"{name}-x{n}") not in taken)
        self.outline.nodes.append(Node(name, parent, role, rule, heading))
        return self.outline.nodes[-1]

    def _open(self, heading: Heading) -> None:
        styles = [node.heading.style if node.heading else "" for node in self.branch]
        if heading.style in styles:
            del self.branch[styles.index(heading.style) :]
        parent = self.branch[-1] if self.branch else None
        number = unicodedata.normalize("NFKC", heading.number)
        prefix = parent.id if parent else "s"
        value = parse_numeral(number) or len(self.outline.nodes)
        node = self._new(f"{prefix}{'-' if parent else ''}{int(value)}", parent, "", "", heading)
        self.branch.append(node)
        if heading.rest:
            node.paragraphs.append(heading.rest)

    def _add_paragraph(self, span: Span) -> None:
        if not self.branch:
            last = self.outline.nodes[-1] if self.outline.nodes else None
            if last is None or last.id != "s-preface":
                last = self._new("s-preface", None, "preface", "outline:before the first heading")
            last.paragraphs.append(span)
        else:
            self.branch[-1].paragraphs.append(span)

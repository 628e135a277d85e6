"""The lines after the masthead, one by one, as sections: what each opens, closes or belongs to."""

import re
import unicodedata
from itertools import takewhile

from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.draft.lines import Heading, Line, is_residue, names_body, read_heading
from app.transcription.draft.nodes import Node, Outline
from app.transcription.draft.tables import Table
from app.transcription.parsing.numerals import parse_numeral
from app.transcription.source import Span

_CONTACT = re.compile(r"[0-9]{3,4}[-—\uff0d][0-9]{6,8}|[\w.]+@[\w.]+|1[3-9][0-9]{9}")
_DATE = re.compile(
    r"(?:[0-9]{4}|[〇零○一二三四五六七八九]{4})年[0-9一二三四五六七八九十]{1,3}月(?:[0-9一二三四五六七八九十]{1,3}日)?"
)
_LONGEST_FRAME, _NEAR = 80, 10
_ANNEX = re.compile("附[件表][0-9一二三四五六七八九十]{0,2}[:：]?[^。,，]{0,40}")


class OutlineBuilder:
    """Takes the lines after the masthead one by one."""

    def __init__(self, outline: Outline, lexicons: Lexicons) -> None:
        self.outline, self.lexicons = outline, lexicons
        # The open sections from the top down, each with the style of its number.
        self.branch: list[Node] = []
        self.tail: Node | None = None
        self.has_closed = False

    def add(self, lines: list[Line], tables: list[Table]) -> None:
        """Add lines; the rows of tables become sections of their own."""
        first = {table.first: table for table in tables}
        in_tables = {n for table in tables for n in range(table.first, table.end)}
        for n, line in enumerate(lines):
            if n in first:
                self._add_table(first[n])
            elif n not in in_tables:
                self._add_line(line, is_late=n >= len(lines) // 3 and bool(self.branch))

    def _add_line(self, line: Line, *, is_late: bool) -> None:
        heading = None if self.has_closed else read_heading(line) or self._framed(line)
        if heading is None and is_residue(line.text, self.lexicons) and not self._is_label(line.text):
            self.outline.residue.append(line.span)
        elif heading:
            self._open(heading)
        elif _ANNEX.fullmatch(line.text):
            self._open_annex(Heading("annex", "", "", line.span, Span(line.span.end, line.span.end)))
        elif self.has_closed or (is_late and self._closes(line.text)):
            self._close(line)
        else:
            self._add_paragraph(line.span)

    def _framed(self, line: Line) -> Heading | None:
        """Return the heading of a line that names a problem in a known frame, and has no number."""
        words = self.lexicons.table("outline.unnumbered")
        frame = compiled(f"(?:{any_of(words['heading'])})(?:{any_of(words['ending'])})?[。:：]?")
        if len(line.text) > _LONGEST_FRAME or not frame.fullmatch(line.text):
            return None
        return Heading("framed", "", "", line.span, Span(line.span.end, line.span.end))

    def _open_annex(self, heading: Heading | None) -> None:
        """Open an annex, which stands under nothing else and may come after the closing."""
        self.branch, self.has_closed = [self._new("s-annex", None, "annex", "outline:annex", heading)], False

    def _add_table(self, table: Table) -> None:
        """Add a table to the annex that is open, or to one of its own under what is open."""
        above = self.branch[-1] if self.branch else None
        if above is None or self.has_closed:
            self._open_annex(None)
        elif above.role != "annex":
            self.branch.append(self._new(f"{above.id}-annex", above, "annex", "outline:table"))
        annex = self.branch[-1]
        annex.paragraphs += table.header
        for n, row in enumerate(table.rows, 1):
            node = self._new(f"{annex.id}-{n}", annex, "annex", "outline:row of a table")
            node.paragraphs, node.cells = list(row.lines), row.cells
        if above is not None and annex is not above and not self.has_closed:
            self.branch.pop()

    def _is_label(self, text: str) -> bool:
        return bool(self.lexicons.pattern("outline.labels", "contact.kinds").match(text))

    def _closes(self, text: str) -> bool:
        if self.lexicons.pattern("outline.closing").match(text):
            return True
        label = self.lexicons.pattern("contact.kinds").search(text)
        # A label begins the line, or stands in what invites to write.
        is_near = label and (label.start() < _NEAR or self.lexicons.pattern("outline.inviting").search(text))
        return bool(_CONTACT.search(text) and is_near) or self._is_signature(text)

    def _is_signature(self, text: str) -> bool:
        if len(text) > 40 or re.search("[，,。:：;；]", text):
            return False
        body = self.lexicons.pattern("masthead.body")
        return bool(_DATE.fullmatch(text)) or (text.startswith(("中共", "中国共产党")) and bool(body.search(text[-4:])))

    def _close(self, line: Line) -> None:
        self.has_closed, self.branch = True, []
        role, name, rule = "closing", "s-closing", "outline:closing"
        if _CONTACT.search(line.text) or self.lexicons.pattern("contact.kinds").match(line.text.lstrip("(（")):
            role, name, rule = "contact", "s-contact", "outline:contact"
        elif self._is_signature(line.text) or names_body(line.text, self.lexicons):
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
        if heading.style in ("chapter", "chinese"):
            # A heading without a number has no level of its own.
            self.branch = list(takewhile(lambda node: not node.heading or node.heading.style != "framed", self.branch))
        styles = [node.heading.style if node.heading else "" for node in self.branch]
        if heading.style in styles:
            del self.branch[styles.index(heading.style) :]
        parent = self.branch[-1] if self.branch else None
        number = unicodedata.normalize("NFKC", heading.number)
        prefix = parent.id if parent else "s"
        value = parse_numeral(number) or 1 + sum(bool(node.heading) for node in self.outline.children(parent))
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

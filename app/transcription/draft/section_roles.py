"""The roles of sections: which report on issues, which lead up to them, which look ahead."""

import re
import unicodedata

from app.transcription.draft.headings import HeadingReader
from app.transcription.draft.lexicons import Lexicons
from app.transcription.draft.nodes import Node, Outline
from app.transcription.parsing.numerals import parse_numeral
from app.transcription.source import Span

_BY_KEYWORD = ("next_steps", "common_issues", "annex")
_ISSUES = ("issue", "category", "group", "progress")


def assign_roles(outline: Outline, text: str, lexicons: Lexicons) -> None:
    """Give every numbered section its role, and what stands after the last issue a section of its own."""
    if not any(node.heading for node in outline.nodes):
        for node in outline.nodes:
            if node.id == "s-preface" and sum(p.end - p.start for p in node.paragraphs) > 1500:
                node.role, node.rule = "progress", "outline:no heading found"
        return
    _Assigner(outline, text, lexicons).assign()
    _split_after(outline, text, lexicons)


class _Assigner:
    def __init__(self, outline: Outline, text: str, lexicons: Lexicons) -> None:
        self.outline, self.text, self.lexicons = outline, text, lexicons
        self.headings = HeadingReader(text, lexicons)

    def assign(self) -> None:
        for node in reversed([node for node in self.outline.nodes if node.role != "annex"]):
            self._take_in(node)
        tops = [node for node in self.outline.children(None) if node.heading and node.role != "annex"]
        for top in tops:
            self._assign_top(top)
        self._assign_by_place(tops)
        for top in tops:
            for node in self.outline.below(top):
                if not node.role:
                    self._assign_below(node, top)

    def _take_in(self, node: Node) -> None:
        """Take numbered paragraphs that were read as headings into the section above them."""
        points = self.outline.children(node)
        leaves = [point for point in points if not self.outline.children(point) and not point.cells]
        texts = [
            p for p in leaves if self.headings.is_text(p) or (not p.paragraphs and self._heading(p).endswith("。"))
        ]
        if not node.heading or len(points) != len(leaves) or len(texts) * 2 < len(points) or not texts:
            return
        goes_on = not self.headings.is_framed(node) and self._goes_on(points)
        if goes_on or any(self.headings.names_problem(point) for point in points):
            return
        for point in points:
            rest = point.paragraphs[:1] if point.heading and point.heading.rest else []
            end = rest[0].end if rest else point.whole.start + len(self._heading(point))
            node.paragraphs += [Span(point.whole.start, end), *point.paragraphs[len(rest) :]]
            self.outline.nodes.remove(point)

    def _heading(self, node: Node) -> str:
        return self.text[node.heading.span.start : node.heading.span.end] if node.heading else ""

    def _is_issue(self, node: Node) -> bool:
        """Tell whether a heading names a problem and what is under it are no problems of their own."""
        points = [point for point in self.outline.children(node) if not point.cells]
        problems = [point for point in points if self.headings.names_problem(point)]
        if not self.headings.is_framed(node) and (self._goes_on(points) or self._are_groups(node)):
            return False
        has_text = bool(node.paragraphs or any(point.paragraphs for point in points))
        return has_text and self.headings.names_problem(node) and len(problems) * 2 <= len(points) - 1 + (not points)

    def _goes_on(self, points: list[Node]) -> bool:
        """Tell whether the numbers go on from another section, as those of issues do from category to category."""
        if not points or not points[0].heading:
            return False
        style, before = points[0].heading.style, self.outline.nodes[: self.outline.nodes.index(points[0])]
        last = next((node for node in reversed(before) if node.heading and node.heading.style == style), None)
        return last is not None and 1 < _number(points[0]) == _number(last) + 1

    def _are_groups(self, node: Node) -> bool:
        """Tell whether most sections beside this one, of the same style, have problems under them."""
        style = node.heading.style if node.heading else ""
        beside = [
            n for n in self.outline.children(node.parent) if n.heading and n.heading.style == style and n is not node
        ]
        below = [self.outline.children(other) for other in beside]
        found = [
            sum(self.headings.names_problem(point) for point in points) * 2 > len(points) for points in below if points
        ]
        return sum(found) * 2 > len(found)

    def _keyword(self, node: Node, roles: tuple[str, ...]) -> str | None:
        """Return the first of some roles that a heading has a word of."""
        words = node.words(self.text)
        return next((role for role in roles if self.lexicons.matches("outline.section_roles", role, words)), None)

    def _assign_top(self, top: Node) -> None:
        below = self.outline.below(top)
        issues = [node for node in below if self._is_issue(node)]
        keyword = self._keyword(top, _BY_KEYWORD)
        if self._is_issue(top) and (self.headings.is_framed(top) or not keyword):
            top.role, top.rule = "issue", "outline:a problem and what was done"
        elif keyword and len(issues) < 2:
            top.role, top.rule = keyword, "lexicon:outline.section_roles"
        elif issues:
            top.role, top.rule = "progress", "outline:issues below"
        else:
            code = self._keyword(top, ("leadership", "totals", "progress"))
            top.role, top.rule = code or "", "lexicon:outline.section_roles" if code else ""

    def _assign_by_place(self, tops: list[Node]) -> None:
        """Give parts that no word tells their role: before the issues, after them, or the issues themselves."""
        several = [top for top in tops if top.rule == "outline:issues below"]
        for top in several if len(several) > 1 else []:
            # Without a part above them these are the categories.
            top.role = "category"
        reports = [n for n, top in enumerate(tops) if top.role in ("progress", "issue", "category")]
        for n, top in enumerate(tops):
            if not top.role:
                is_after = bool(reports) and n > reports[-1]
                is_before = bool(reports) and n < reports[0] and any(tops[m].rule != "" for m in reports)
                top.role = "next_steps" if is_after else "leadership" if is_before else "progress"
                top.rule = "outline:place" if is_after or is_before else "outline:nothing else"

    def _assign_below(self, node: Node, top: Node) -> None:
        above = next((other for other in node.ancestors if other.role == "issue"), None)
        keyword = self._keyword(node, _BY_KEYWORD)
        if top.role not in _ISSUES:
            node.role, node.rule = top.role, "outline:as above"
        elif above:
            node.role, node.rule = "issue", "outline:points of an issue"
        elif self._is_issue(node):
            node.role, node.rule = "issue", "outline:a problem and what was done"
        elif keyword and not self.headings.names_problem(node):
            node.role, node.rule = keyword, "lexicon:outline.section_roles"
        elif self.outline.children(node):
            is_first = not any(other.role == "category" for other in node.ancestors)
            node.role, node.rule = ("category" if is_first else "group"), "outline:issues below"
        elif node.paragraphs:
            node.role, node.rule = "issue", "outline:lowest level"
        else:
            node.role, node.rule = "progress", "outline:heading without text"


def _number(node: Node) -> int:
    printed = node.heading.number if node.heading else ""
    return int(parse_numeral(unicodedata.normalize("NFKC", printed)) or 0)


def is_point(node: Node) -> bool:
    """Tell whether a section is part of the issue above it."""
    return node.role == "issue" and any(other.role == "issue" for other in node.ancestors)


def _split_after(outline: Outline, text: str, lexicons: Lexicons) -> None:
    """Give the paragraphs after the last issue that tell the totals, or what is next, sections of their own."""
    opening, words = lexicons.pattern("outline.totals_opening"), lexicons.pattern("outline.totals_words")
    ahead = lexicons.pattern("outline.ahead_opening")
    for n, node in reversed(list(enumerate(outline.nodes))):
        if node.role not in _ISSUES or len(node.paragraphs) < 2 or outline.children(node):
            continue
        # A section of its own may only come where nothing follows under the same parents.
        branch = [node, *node.ancestors]
        if any(other.parent in branch[:-1] for other in outline.nodes[n + 1 :]):
            continue
        while len(node.paragraphs) > 1:
            printed = text[node.paragraphs[-1].start : node.paragraphs[-1].end]
            if ahead.match(printed):
                role = "next_steps"
            elif opening.match(printed) and len(words.findall(printed)) > 1 and re.search("[0-9]", printed):
                role = "totals"
            else:
                break
            # What is said of all issues stands under none of them.
            top = branch[-1] if branch[-1].role != "issue" else None
            name = f"{top.id if top else 's'}-{role.replace('_', '-')}"
            after = Node(name, top, role, f"outline:{role} after the last issue")
            after.paragraphs.append(node.paragraphs.pop())
            outline.nodes.insert(n + 1, after)
        return

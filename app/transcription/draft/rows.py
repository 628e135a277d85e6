"""What the rows of a table say of the issues of a notice: status, deadline, who is responsible."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from app.transcription.draft.guesses import Guesses
from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.draft.lines import Heading
from app.transcription.draft.nodes import Node, Outline
from app.transcription.draft.quoting import quote, words_of
from app.transcription.draft.sections import status_code
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.source import Span

_FIELDS = {"status_text": "status", "deadline_text": "deadline", "responsible_text": "responsible"}
_LEAST_WORDS, _ALIKE = 4, 0.8


class RowReader:
    """Relates rows to issues. A row is about an issue only if it prints its problem, and no other row does."""

    def __init__(self, text: str, lexicons: Lexicons, vocabularies: Mapping[str, Vocabulary], guesses: Guesses) -> None:
        openings = any_of(lexicons.table("outline.issue_frames")["opening"])
        self.frame = compiled(f"^(?:{openings})|(?:的?突出|的)?问题$|[^一-龥0-9A-Za-z]")
        self.text, self.guesses = text, guesses
        self.statuses = {term.code: term.forms for term in vocabularies["issue_status"].terms}

    def relate(self, outline: Outline, issues: list[dict[str, Any]]) -> None:
        """Add to the issues what their rows print, as guesses; what an issue prints in its own section holds."""
        sections = {node.id: node for node in outline.nodes}
        rows = [node for node in outline.nodes if "problem" in node.cells and node.role == "annex"]
        about = {issue["number"]: [row for row in rows if self._is_about(row, issue)] for issue in issues}
        for issue in issues:
            found = about[issue["number"]]
            others = [row for number, known in about.items() if number != issue["number"] for row in known]
            if len(found) == 1 and found[0] not in others:
                self._add(issue, found[0], outline.extent(sections[issue["section"]]))

    def _is_about(self, row: Node, issue: dict[str, Any]) -> bool:
        cell = row.cells["problem"]
        printed, problem = (
            self.frame.sub("", self.frame.sub("", words))
            for words in (self.text[cell.start : cell.end], words_of(issue["problem"]) or "")
        )
        shorter = min(printed, problem, key=len)
        is_part = len(shorter) >= _LEAST_WORDS and (printed in problem or problem in printed)
        return is_part or SequenceMatcher(None, printed, problem, autojunk=False).ratio() >= _ALIKE

    def _add(self, issue: dict[str, Any], row: Node, own: Span) -> None:
        record, rule, taken = f"issues/{issue['number']}", "tables:the row that prints the problem", False
        for field, column in _FIELDS.items():
            cell = row.cells.get(column)
            if cell is None or field in issue:
                continue
            words = self.text[cell.start : cell.end].rstrip("。")
            code = status_code(words, self.statuses) if column == "status" else None
            if column == "status" and code is None:
                continue
            if code:
                issue["status"] = self.guesses.add(record, "status", code, 0.85, "vocabulary:issue_status")
            place = quote(self.text, Span(cell.start, cell.start + len(words)), row.whole, own)
            issue[field] = self.guesses.add(record, field, place, 0.85, rule)
            taken = True
        if taken:
            issue["row"] = self.guesses.add(record, "row", row.id, 0.85, rule)


def take_rows_as_issues(outline: Outline, text: str) -> None:
    """Let the rows of a table be the issues of a notice that has no others: their problem is the heading."""
    if any(node.role == "issue" for node in outline.nodes):
        return
    for node in outline.nodes:
        problem, number = node.cells.get("problem"), node.cells.get("number")
        first = number or problem
        if problem is None or first is None or text[first.end : problem.start].strip():
            continue
        marker = text[number.start : number.end] if number else ""
        span = Span(first.start, problem.end)
        node.heading = Heading("row", marker, marker, span, Span(span.end, span.end))
        cells = sorted((cell for cell in node.cells.values() if cell.start >= problem.end), key=lambda cell: cell.start)
        node.paragraphs = [line for cell in cells for line in _lines(text, cell)]
        node.role, node.rule = "issue", "tables:rows are the issues"


def _lines(text: str, cell: Span) -> list[Span]:
    lines = re.compile(r"\S(?:[^\n]*\S)?").finditer(text, cell.start, cell.end)
    return [Span(match.start(), match.end()) for match in lines]

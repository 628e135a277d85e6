"""Run-in labels of a section's text (整改情况:), and what the lines say that are nothing but a label's value."""

import re
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons, any_of
from app.transcription.draft.nodes import Node
from app.transcription.source import Span

# Labels whose whole line is their value; after the others the text goes on.
VALUES = ("status", "deadline", "responsible", "person")
_NUMBER = r"[0-9]{1,2}[.、\uff0e]|[(（][0-9一二三四五六七八九十]{1,3}[)）]|[①-⑳]"


@dataclass(frozen=True)
class Label:
    """A label with its colon; `value` is what stands on its line after it."""

    code: str
    span: Span
    value: Span

    @property
    def is_value(self) -> bool:
        """Whether nothing stands on the line but a value; so it is in a cell of a table, which has no words before."""
        return self.code in VALUES or not self.span

    @property
    def line(self) -> Span:
        """The label with its value."""
        return Span(self.span.start, max(self.span.end, self.value.end))


def read_labels(text: str, paragraphs: list[Span], lexicons: Lexicons) -> tuple[list[Label], list[Span]]:
    """Return the labels, and the spans of the text that remains to be cut into clauses."""
    labels: list[Label] = []
    rest: list[Span] = []
    for paragraph in paragraphs:
        label = _label(text, paragraph, lexicons)
        if label:
            labels.append(label)
        if label is None or label.code not in VALUES:
            rest.append(label.value if label else paragraph)
    return labels, [span for span in rest if span]


def _label(text: str, paragraph: Span, lexicons: Lexicons) -> Label | None:
    printed = text[paragraph.start : paragraph.end]
    for code, words in lexicons.table("outline.labels").items():
        match = re.match(
            f"(?:{_NUMBER})?[(（【\\[]?(?:{any_of(words)})[)）】\\]]?(?:[:：]|(?<=[】\\]]))[ \\u3000]*", printed
        )
        is_value = match and "。" not in printed[match.end() :].rstrip("。") and len(printed) < 60
        if match:
            end = paragraph.start + len(match[0].rstrip())
            # A status that is a whole text is no status: 完成情况:修订了办法。
            code = code if is_value or code != "status" else "text"
            return Label(code, Span(paragraph.start, end), Span(paragraph.start + match.end(), paragraph.end))
    return None


def number_of_label(text: str, paragraph: Span) -> Span | None:
    """Return the number in front of a paragraph: 1.整改措施: counts nothing."""
    match = re.compile(_NUMBER).match(text, paragraph.start, paragraph.end)
    is_decimal = match and match[0].endswith(".") and text[match.end() : match.end() + 1].isdigit()
    return Span(match.start(), match.end()) if match and not is_decimal else None


def row_labels(node: Node) -> tuple[list[Label], list[Span]]:
    """Return the cells of a row that are values, as labels without words of their own, and the others."""
    texts = [code for code in node.cells if code == "measures"] or [code for code in node.cells if code == "further"]
    cells = [(cell, code) for code, cell in node.cells.items() if code not in ("number", "problem", *texts[:1])]
    labels = [Label(code, Span(cell.start, cell.start), cell) for cell, code in cells]
    return labels, [span for span in node.paragraphs if not any(cell.contains(span) for cell, _ in cells)]

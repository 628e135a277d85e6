"""Run-in labels of a section's text (整改情况:), and what the lines say that are nothing but a label's value."""

import re
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons, any_of
from app.transcription.source import Span

# Labels whose whole line is their value; after the others the text goes on.
VALUES = ("status", "deadline", "responsible")


@dataclass(frozen=True)
class Label:
    """A label with its colon; `value` is what stands on its line after it."""

    code: str
    span: Span
    value: Span

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
        match = re.match(f"[(（【\\[]?(?:{any_of(words)})[)）】\\]]?(?:[:：]|(?<=[】\\]]))[ \\u3000]*", printed)
        is_value = match and "。" not in printed[match.end() :].rstrip("。") and len(printed) < 60
        if match and (code not in VALUES or is_value):
            end = paragraph.start + len(match[0].rstrip())
            return Label(code, Span(paragraph.start, end), Span(paragraph.start + match.end(), paragraph.end))
    return None

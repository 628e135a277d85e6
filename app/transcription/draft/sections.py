"""Sections, categories and issues of a draft, as they stand in `notice.json`."""

import re
from typing import Any

from app.transcription.draft.guesses import Guesses
from app.transcription.draft.labels import Label
from app.transcription.draft.lexicons import Lexicons, any_of
from app.transcription.draft.outline import Node
from app.transcription.draft.quoting import quote
from app.transcription.draft.section_roles import heading_words
from app.transcription.source import Span

_QUOTED = re.compile("(?:针对|关于|对于?|反馈的?)(?:反馈的?)?[“「《](?P<problem>[^”」》]+)[”」》]")
_FRAME = re.compile(r"(?:针对|关于|对于?|反馈的?)(?P<problem>.+?)(?:的)?(?:突出)?问题(?:的?整改.*)?$")


def section(node: Node, text: str, labels: list[Label], guesses: Guesses) -> dict[str, Any]:
    """Return a section as JSON."""
    record = f"sections/{node.id}"
    printed: dict[str, Any] = {"id": node.id}
    if node.parent:
        printed["parent"] = guesses.add(record, "parent", node.parent.id, 0.9, "outline:style of numbers")
    confidence = 0.7 if node.rule in ("outline:nothing else", "outline:no heading found") else 0.93
    printed["role"] = guesses.add(record, "role", node.role, confidence, node.rule)
    if node.heading:
        span = node.heading.span
        printed["marker"] = node.heading.marker
        printed["heading"] = guesses.add(
            record, "heading", text[span.start : span.end], 0.95, "outline:number and length"
        )
    printed["text"] = [text[span.start : span.end] for span in node.paragraphs]
    if labels:
        printed["labels"] = [text[label.span.start : label.span.end] for label in labels]
    return printed


def category(number: int, node: Node, text: str, lexicons: Lexicons, guesses: Guesses) -> dict[str, Any]:
    """Return a category as JSON, with the framework that its heading's words belong to, if any."""
    code = lexicons.code("outline.category_frameworks", heading_words(node, text))
    printed: dict[str, Any] = {"number": number, "section": node.id}
    if code:
        rule = "lexicon:outline.category_frameworks"
        printed["framework"] = guesses.add(f"categories/{number}", "framework", code, 0.8, rule)
    return printed


def issue(
    number: int,
    node: Node,
    category_number: int | None,
    text: str,
    labels: list[Label],
    lexicons: Lexicons,
    guesses: Guesses,
) -> dict[str, Any]:
    """Return an issue as JSON: its problem, its topics, and the status that its own section prints."""
    record = f"issues/{number}"
    printed: dict[str, Any] = {"number": number, "section": node.id}
    if category_number:
        printed["category"] = category_number
    span, rule = problem(node, text)
    assert node.heading
    printed["problem"] = guesses.add(
        record, "problem", quote(text, span, node.heading.span), 0.93 if rule != "issues:whole heading" else 0.8, rule
    )
    topics = _topics(node, text, lexicons)
    printed["topics"] = guesses.add(record, "topics", topics[:2], 0.5, "lexicon:outline.topics", topics[2:4])
    body = Span(node.paragraphs[0].start, node.paragraphs[-1].end)
    for label in labels:
        value = text[label.value.start : label.value.end].rstrip("。")
        place = quote(text, Span(label.value.start, label.value.start + len(value)), body)
        if label.code == "status":
            code = _status(value, lexicons)
            if code:
                printed["status"] = guesses.add(record, "status", code, 0.9, "lexicon:outline.statuses")
                printed["status_text"] = guesses.add(record, "status_text", place, 0.95, "labels:status")
        elif label.code in ("deadline", "responsible") and value:
            field = f"{label.code}_text"
            printed[field] = guesses.add(record, field, place, 0.9, f"labels:{label.code}")
    return printed


def problem(node: Node, text: str) -> tuple[Span, str]:
    """Return the words of a heading that name the problem."""
    assert node.heading
    words = heading_words(node, text)
    start = text.index(words, node.heading.span.start) if words else node.heading.span.start
    for pattern, rule in ((_QUOTED, "issues:quoted problem"), (_FRAME, "issues:frame around the problem")):
        match = pattern.match(words)
        if match:
            return Span(start + match.start("problem"), start + match.end("problem")), rule
    end = len(re.sub("(?:的)?问题$", "", words)) or len(words)
    return Span(start, start + end), "issues:whole heading"


def _topics(node: Node, text: str, lexicons: Lexicons) -> list[str]:
    words = heading_words(node, text)
    body = "".join(text[span.start : span.end] for span in node.paragraphs)
    scores = {
        code: 5 * len(re.findall(any_of(known), words)) + len(re.findall(any_of(known), body)) * 0.5
        for code, known in lexicons.table("outline.topics").items()
    }
    ranked = [code for code in sorted(scores, key=lambda code: -scores[code]) if scores[code] > 0]
    near = [code for code in ranked if scores[code] * 2 >= scores[ranked[0]]]
    return (near[:2] + [code for code in ranked if code not in near[:2]]) or ["strategy"]


def _status(value: str, lexicons: Lexicons) -> str | None:
    found = [
        (len(word), code)
        for code, words in lexicons.table("outline.statuses").items()
        for word in words
        if word in value
    ]
    return max(found, default=(0, None))[1]  # type: ignore[type-var]

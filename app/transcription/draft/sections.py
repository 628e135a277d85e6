"""Sections, categories and issues of a draft, as they stand in `notice.json`."""

import re
from collections.abc import Mapping
from typing import Any

from app.transcription.draft.guesses import Guesses
from app.transcription.draft.labels import Label
from app.transcription.draft.lexicons import Lexicons, any_of, compiled
from app.transcription.draft.nodes import Node
from app.transcription.draft.quoting import quote
from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.source import Span

_UNSURE = ("outline:nothing else", "outline:no heading found")
_FIELDS = ("status", "deadline", "responsible")
_MOST_TOPICS = 2


class SectionDrafter:
    """Drafts sections, and the categories and issues that they are."""

    def __init__(self, text: str, lexicons: Lexicons, vocabularies: Mapping[str, Vocabulary], guesses: Guesses) -> None:
        self.text, self.lexicons, self.guesses = text, lexicons, guesses
        self.statuses = {term.code: term.forms for term in vocabularies["issue_status"].terms}
        self.frames = [
            (f"issues:{code} problem", _frame(word, lexicons.table("outline.issue_endings")["ending"]))
            for code in ("quoted", "framed")
            for word in lexicons.table("outline.issue_frames")[code]
        ]
        self.prefix = compiled(f"(?:{any_of(lexicons.words('outline.issue_prefixes'))})[:：]\\s*(?=.)")
        self.topics = {term.code for term in vocabularies["topic"].terms}

    def section(self, node: Node, labels: list[Label]) -> dict[str, Any]:
        """Return a section as JSON. `labels` are the labels of its text."""
        record, text, add = f"sections/{node.id}", self.text, self.guesses.add
        printed: dict[str, Any] = {"id": node.id}
        if node.parent:
            printed["parent"] = add(record, "parent", node.parent.id, 0.9, "outline:style of numbers")
        printed["role"] = add(record, "role", node.role, 0.7 if node.rule in _UNSURE else 0.93, node.rule)
        if node.heading:
            span = node.heading.span
            if node.heading.marker and node.heading.style != "labelled":
                printed["marker"] = node.heading.marker
            printed["heading"] = add(record, "heading", text[span.start : span.end], 0.95, "outline:number and length")
        printed["text"] = [text[span.start : span.end] for span in node.paragraphs]
        fields = {id(label) for label, _ in self._fields(node, labels)}
        # What is no field of the issue is a label with its whole line, or it would be left out of everything.
        spans = [label.line if label.is_value and id(label) not in fields else label.span for label in labels]
        if any(spans):
            printed["labels"] = [text[span.start : span.end] for span in spans if span]
        return printed

    def category(self, number: int, node: Node) -> dict[str, Any]:
        """Return a category as JSON, with the framework that its heading's words belong to, if any."""
        code = self.lexicons.code("outline.category_frameworks", node.words(self.text))
        printed: dict[str, Any] = {"number": number, "section": node.id}
        if code:
            rule = "lexicon:outline.category_frameworks"
            printed["framework"] = self.guesses.add(f"categories/{number}", "framework", code, 0.8, rule)
        return printed

    def issue(self, number: int, node: Node, category: int | None) -> dict[str, Any]:
        """Return an issue as JSON: its problem and its topics."""
        assert node.heading
        record, add = f"issues/{number}", self.guesses.add
        printed: dict[str, Any] = {"number": number, "section": node.id}
        if category:
            printed["category"] = category
        span, rule = self._problem(node)
        confidence = 0.8 if rule == "issues:whole heading" else 0.93
        printed["problem"] = add(record, "problem", quote(self.text, span, node.heading.span), confidence, rule)
        topics = self._topics(node)
        printed["topics"] = add(record, "topics", topics[:_MOST_TOPICS], 0.5, "lexicon:outline.topics", topics[2:4])
        return printed

    def add_fields(self, issue: dict[str, Any], node: Node, labels: list[Label], whole: Span) -> None:
        """Add to an issue what a section of it prints for it: status, deadline and who is responsible.

        `whole` is the span of the issue, in which every quote is found once.
        """
        record, add = f"issues/{issue['number']}", self.guesses.add
        found = [(label.code, value, f"labels:{label.code}") for label, value in self._fields(node, labels)]
        if mark := self._status_in_heading(node):
            found.append(("status", mark, "issues:heading"))
        for code, value, rule in found:
            field = f"{code}_text"
            if field in issue:
                continue
            if code == "status":
                status = status_code(self.text[value.start : value.end], self.statuses)
                issue["status"] = add(record, "status", status, 0.9, "vocabulary:issue_status")
            issue[field] = add(record, field, quote(self.text, value, whole), 0.93, rule)

    def _problem(self, node: Node) -> tuple[Span, str]:
        """Return the words of a heading that name the problem: within a known frame, or all of them."""
        assert node.heading
        words = node.words(self.text)
        start = self.text.index(words, node.heading.span.start) if words else node.heading.span.start
        if prefix := self.prefix.match(words):
            words, start = words[prefix.end() :], start + prefix.end()
        for rule, frame in self.frames:
            if match := frame.match(words):
                return Span(start + match.start("problem"), start + match.end("problem")), rule
        bare = re.sub("(?:的)?问题$", "", re.sub("[(（][^()（）]{2,12}[)）]$", "", words))
        end = len(bare) or len(words)
        return Span(start, start + end), "issues:whole heading"

    def _status_in_heading(self, node: Node) -> Span | None:
        """Return the status that stands in brackets at the end of a heading."""
        assert node.heading
        start, end = node.heading.span.start, node.heading.span.end
        match = re.search("[(（【](?P<status>[^()（）【】]{2,12})[)）】]。?$", self.text[start:end])
        if match is None or not status_code(match["status"], self.statuses):
            return None
        return Span(start + match.start("status"), start + match.end("status"))

    def _fields(self, node: Node, labels: list[Label]) -> list[tuple[Label, Span]]:
        """Return the labels whose values are fields of an issue, the first of each, with those values."""
        found: dict[str, tuple[Label, Span]] = {}
        for label in labels if node.role == "issue" else []:
            value = self.text[label.value.start : label.value.end].rstrip("。")
            is_known = label.code != "status" or status_code(value, self.statuses)
            if label.code in _FIELDS and value and is_known:
                found.setdefault(label.code, (label, Span(label.value.start, label.value.start + len(value))))
        return list(found.values())

    def _topics(self, node: Node) -> list[str]:
        """Return topics by how often their words stand in the heading and in the text: at most two, and two more."""
        words = node.words(self.text)
        body = "".join(self.text[span.start : span.end] for span in node.paragraphs)
        scores = {
            code: 5 * len(re.findall(pattern, words)) + len(re.findall(pattern, body)) * 0.5
            for code, known in self.lexicons.table("outline.topics").items()
            if code in self.topics and (pattern := any_of(known))
        }
        ranked = [code for code in sorted(scores, key=lambda code: -scores[code]) if scores[code] > 0]
        near = [code for code in ranked[:_MOST_TOPICS] if scores[code] * 2 >= scores[ranked[0]]]
        return near + [code for code in ranked if code not in near] if len(near) == _MOST_TOPICS else near


def status_code(value: str, statuses: Mapping[str, list[str]]) -> str | None:
    """Return the code of the longest printed form of a status in the words, if one stands there."""
    found = [(len(form), code) for code, forms in statuses.items() for form in forms if form in value]
    return max(found)[1] if found else None


def _frame(word: str, endings: list[str]) -> re.Pattern[str]:
    """Return a pattern of a frame around a problem, which `…` in the word stands for."""
    before, _, after = word.partition("…")
    if after and after[-1] in "”」》":
        # “四风”问题禁而不绝问题: what is quoted is only a part of the problem.
        rest = "等?(?:的|突出|方面|情况|问题|意见)*(?:的?整改.*|[(（【].*)?$"
        return compiled(f"{re.escape(before)}(?P<problem>.+?){re.escape(after)}(?:[,，、].*|{rest})")
    tail = f"(?:的|突出)*{re.escape(after)}(?:{any_of(endings)})?(?:的?整改.*)?$"
    return re.compile(f"{re.escape(before)}(?P<problem>.+?){tail}")

"""The roles of sections: which report on issues, which lead up to them, which look ahead."""

import re

from app.transcription.draft.lexicons import Lexicons, any_of
from app.transcription.draft.outline import Node, Outline
from app.transcription.source import Source, Span

_BY_KEYWORD = ("next_steps", "common_issues", "annex")


def assign_roles(outline: Outline, text: str, lexicons: Lexicons) -> None:
    """Give every numbered section its role, and the totals a section of their own."""
    numbered = [node for node in outline.nodes if node.heading]
    if not numbered:
        for node in outline.nodes:
            if node.id == "s-preface" and sum(p.end - p.start for p in node.paragraphs) > 1500:
                node.role, node.rule = "progress", "outline:no heading found"
        return
    for top in [node for node in numbered if node.parent is None and node.role != "annex"]:
        below = [node for node in numbered if top in ancestors(node)]
        _assign_top(top, below, text, lexicons)
        for node in below:
            _assign_below(outline, node, top, text, lexicons)
    _split_totals(outline, text, lexicons)


def heading_words(node: Node, text: str) -> str:
    """Return the words of a heading, without its number and the stop at its end."""
    if node.heading is None:
        return ""
    heading = text[node.heading.span.start : node.heading.span.end]
    return heading[len(node.heading.marker) :].strip().rstrip("。:：")


def names_issue(words: str, lexicons: Lexicons) -> bool:
    """Tell whether a heading names a problem."""
    frame = any_of(lexicons.words("outline.issue_frames"))
    return bool(re.match(frame, words)) or bool(lexicons.pattern("outline.issue_words").search(words))


def _is_framed(node: Node, words: str, lexicons: Lexicons) -> bool:
    """Tell whether a heading by itself says that it names a problem."""
    is_labelled = node.heading is not None and node.heading.style == "labelled"
    return is_labelled or bool(re.match(any_of(lexicons.words("outline.issue_frames")), words))


def _keyword(words: str, roles: tuple[str, ...], lexicons: Lexicons) -> str | None:
    """Return the first of some roles that a heading has a word of."""
    return next((role for role in roles if lexicons.matches("outline.section_roles", role, words)), None)


def ancestors(node: Node) -> list[Node]:
    """Return the sections above a section, the nearest first."""
    return [node.parent, *ancestors(node.parent)] if node.parent else []


def _assign_top(top: Node, below: list[Node], text: str, lexicons: Lexicons) -> None:
    words = heading_words(top, text)
    leaves = [node for node in below if not any(other.parent is node for other in below)]
    issues = [node for node in leaves if names_issue(heading_words(node, text), lexicons)]
    keyword = _keyword(words, _BY_KEYWORD, lexicons)
    if not below and top.paragraphs and _is_framed(top, words, lexicons):
        top.role, top.rule = "issue", "lexicon:outline.issue_frames"
    elif keyword and len(issues) * 2 <= len(leaves):
        top.role, top.rule = keyword, "lexicon:outline.section_roles"
    elif issues and len(issues) * 2 >= len(leaves):
        top.role, top.rule = "progress", "outline:issues below"
    else:
        code = _keyword(words, ("leadership", "totals", "progress"), lexicons)
        top.role, top.rule = code or "progress", "lexicon:outline.section_roles" if code else "outline:nothing else"


def _assign_below(outline: Outline, node: Node, top: Node, text: str, lexicons: Lexicons) -> None:
    words = heading_words(node, text)
    keyword = _keyword(words, _BY_KEYWORD, lexicons)
    if top.role != "progress":
        node.role, node.rule = top.role, "outline:as above"
    elif keyword and not names_issue(words.replace("共性问题", ""), lexicons):
        node.role, node.rule = keyword, "lexicon:outline.section_roles"
    elif outline.children(node):
        is_top = node.parent is not None and node.parent.parent is None
        node.role, node.rule = ("category" if is_top else "group"), "outline:issues below"
    elif node.paragraphs:
        node.role, node.rule = "issue", "outline:lowest level"
    else:
        node.role, node.rule = "progress", "outline:heading without text"


def _split_totals(outline: Outline, text: str, lexicons: Lexicons) -> None:
    """Give paragraphs after the last issue that tell the totals a section of their own."""
    opening, words = lexicons.pattern("outline.totals_opening"), lexicons.pattern("outline.totals_words")
    for n, node in reversed(list(enumerate(outline.nodes))):
        if (
            node.role not in ("issue", "category", "group", "progress")
            or len(node.paragraphs) < 2
            or outline.children(node)
        ):
            continue
        last = node.paragraphs[-1]
        printed = text[last.start : last.end]
        if opening.match(printed) and len(words.findall(printed)) > 1 and re.search("[0-9]", printed):
            top = [*ancestors(node), node][-1] if node.parent is None else ancestors(node)[-1]
            totals = Node(f"{top.id}-totals", top, "totals", "outline:totals after the last issue")
            totals.paragraphs.append(node.paragraphs.pop())
            outline.nodes.insert(n + 1, totals)
            return


def sentence(source: Source, span: Span, node: Node) -> Span:
    """Return the sentence that contains a span: it ends with 。, or where its paragraph or the heading does."""
    parts = [*([node.heading.span] if node.heading else []), *node.paragraphs]
    return source.sentence(span, next((part for part in parts if part.contains(span)), body_span(node)))


def body_span(node: Node) -> Span:
    """Return the span of a section's paragraphs; empty if there are none."""
    return Span(node.paragraphs[0].start, node.paragraphs[-1].end) if node.paragraphs else Span(0, 0)

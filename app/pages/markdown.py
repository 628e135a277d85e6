"""Markdown documents as HTML: headings with anchors, a table of contents, links that lead to pages."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from app.pages.language import mark_chinese

# What a heading loses in its anchor, as on GitHub, so that the links within a document work here and there.
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")
_ADDRESS = re.compile(r"[a-z]+:|[#/]")
_LEVELS = ("h2", "h3")  # in the table of contents


@dataclass(frozen=True)
class Heading:
    """An entry of the table of contents; `depth` is 1 for the headings below the title."""

    depth: int
    anchor: str
    title: str


@dataclass(frozen=True)
class Document:
    """A document: its title, the headings below it, and everything below the title as HTML."""

    title: str
    contents: list[Heading]
    html: Markup


class _Renderer(RendererHTML):
    """Makes HTML of any language. What may be wide can be scrolled, by keyboard too."""

    to_html: Callable[[str], Markup] = staticmethod(escape)

    def text(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return self.to_html(tokens[idx].content)

    def code_inline(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return f"<code>{self.to_html(tokens[idx].content)}</code>"

    def fence(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return f'<pre tabindex="0"><code>{self.to_html(tokens[idx].content)}</code></pre>\n'

    def softbreak(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        # Chinese is written without spaces: where a line of it ends, there is none.
        beside = tokens[idx - 1].content[-1:] + tokens[idx + 1].content[:1]
        return "" if len(beside) == 2 and not re.search("[ -~]", beside) else "\n"

    def table_open(self, *_: Any) -> str:
        return '<div class="scroll" tabindex="0"><table>\n'

    def table_close(self, *_: Any) -> str:
        return "</table></div>\n"


class _EnglishRenderer(_Renderer):
    """Marks the Chinese in English."""

    to_html = staticmethod(mark_chinese)


def render_markdown(text: str, language: str, links: Mapping[str, str]) -> Document:
    """Return a document, which begins with its title, as HTML. HTML in it is shown as text.

    `links` are the addresses of the pages that relative links lead to; the text of other relative links is no link.
    """
    parser = MarkdownIt(
        "commonmark", {"html": False}, renderer_cls=_EnglishRenderer if language == "en" else _Renderer
    ).enable("table")
    tokens = parser.parse(text)
    title, body = tokens[1].content, _without_own_contents(tokens[3:])
    contents = _add_anchors(body)
    for token in body:
        _set_links(token.children or (), links)
    return Document(title, contents, Markup(parser.renderer.render(body, parser.options, {})))


def _add_anchors(tokens: list[Token]) -> list[Heading]:
    """Give each heading an anchor of its own, and return those for the table of contents."""
    contents, anchors = [], dict[str, int]()
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            anchor = _NOT_IN_ANCHORS.sub("", inline.content.lower()).replace(" ", "-")
            earlier = anchors[anchor] = anchors.get(anchor, -1) + 1
            anchor = f"{anchor}-{earlier}" if earlier else anchor
            token.attrSet("id", anchor)
            if token.tag in _LEVELS:
                contents.append(Heading(_LEVELS.index(token.tag) + 1, anchor, inline.content))
    return contents


def _without_own_contents(tokens: list[Token]) -> list[Token]:
    """Leave out the first list if it is a table of contents: nothing but links to headings."""
    start = next((i for i, token in enumerate(tokens) if token.type == "bullet_list_open"), None)
    if start is None:
        return tokens
    end = next(i for i in range(start, len(tokens)) if tokens[i].type == "bullet_list_close" and not tokens[i].level)
    items = [token.children or [] for token in tokens[start:end] if token.type == "inline"]
    if all(item[0].type == "link_open" and str(item[0].attrGet("href")).startswith("#") for item in items):
        return tokens[:start] + tokens[end + 1 :]
    return tokens


def _set_links(tokens: Sequence[Token], links: Mapping[str, str]) -> None:
    hidden = False
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrGet("href"))
            hidden = not _ADDRESS.match(href) and href not in links
            token.attrSet("href", links.get(href, href))
        if token.type in ("link_open", "link_close"):
            token.hidden = hidden

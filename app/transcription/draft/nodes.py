"""The sections of an outline, and the parts of their text."""

from dataclasses import dataclass, field

from app.transcription.draft.lines import Heading
from app.transcription.source import Source, Span


@dataclass
class Node:
    """A section: its heading, its own paragraphs, and where it hangs. `rule` tells why it has its role.

    `cells` are those of the row of a table that it is, by what their columns hold.
    """

    id: str
    parent: "Node | None"
    role: str
    rule: str
    heading: Heading | None = None
    paragraphs: list[Span] = field(default_factory=list)
    cells: dict[str, Span] = field(default_factory=dict)

    @property
    def ancestors(self) -> list["Node"]:
        """The sections above, the nearest first."""
        return [self.parent, *self.parent.ancestors] if self.parent else []

    @property
    def parts(self) -> list[Span]:
        """The heading, if there is one, and the paragraphs."""
        return [*([self.heading.span] if self.heading else []), *self.paragraphs]

    @property
    def body(self) -> Span:
        """The span of the paragraphs; empty if there are none."""
        return Span(self.paragraphs[0].start, self.paragraphs[-1].end) if self.paragraphs else Span(0, 0)

    @property
    def whole(self) -> Span:
        """The span of the section, its heading included."""
        return Span(self.parts[0].start, self.parts[-1].end)

    def words(self, text: str) -> str:
        """Return the words of the heading, without its number and the stop at its end."""
        if self.heading is None:
            return ""
        heading = text[self.heading.span.start : self.heading.span.end]
        return heading[len(self.heading.marker) :].strip().rstrip("。:：")

    def sentence(self, source: Source, span: Span) -> Span:
        """Return the sentence that contains a span: it ends with 。, or where its paragraph or the heading does."""
        return source.sentence(span, next((part for part in self.parts if part.contains(span)), self.body))


@dataclass
class Outline:
    """The sections in the order of the notice. `title` is the span of the title, if one was found."""

    title: Span | None
    nodes: list[Node]
    residue: list[Span]

    def children(self, node: Node | None) -> list[Node]:
        return [other for other in self.nodes if other.parent is node]

    def extent(self, node: Node) -> Span:
        """Return the span of a section with all that stands under it."""
        return Span(node.whole.start, max(other.whole.end for other in [node, *self.below(node)]))

    def below(self, node: Node) -> list[Node]:
        """Return all sections under a section."""
        return [other for other in self.nodes if node in other.ancestors]

"""Weaving: tags put into a text without a character of it changed, so that it is the text again without them."""

from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Thread:
    """A range of the text, and the tags that stand around it."""

    start: int
    end: int
    before: Markup
    after: Markup

    def meets(self, other: "Thread") -> bool:
        """Whether they have a character in common."""
        return self.start < other.end and other.start < self.end

    def cuts(self, other: "Thread") -> bool:
        """Whether it begins inside the other and ends outside, or the other way round."""
        return self.start < other.start < self.end < other.end or other.start < self.start < other.end < self.end


def tag(name: str, **attributes: str | None) -> tuple[Markup, Markup]:
    """An opening and a closing tag; an attribute that is None is left out."""
    given = [(key.rstrip("_"), value) for key, value in attributes.items() if value is not None]
    said = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in given)
    return Markup("<{}{}>").format(name, said), Markup("</{}>").format(name)


def woven(text: str, start: int, end: int, threads: list[Thread]) -> Markup:
    """A stretch of the text with the tags of its threads, which lie in it and in one another, or apart."""
    parts: list[str] = []
    done = start
    left = sorted(threads, key=lambda thread: (thread.start, -thread.end))
    while left:
        first, *rest = left
        inner = [thread for thread in rest if thread.start < first.end]
        left = rest[len(inner) :]
        parts += [text[done : first.start], first.before, woven(text, first.start, first.end, inner), first.after]
        done = first.end
    return Markup("").join(map(escape, [*parts, text[done:end]]))

"""SVG: elements as text that needs no escaping afterwards, looks that hold with or without a stylesheet, and room."""

import unicodedata
from dataclasses import dataclass

from markupsafe import Markup, escape

FONTS = '"Helvetica Neue", "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
# How each class looks where no stylesheet reaches: in the light. `plots.css` says it again for light and dark.
LOOKS = {
    "ground": {"fill": "#fcfbf8"},
    "ink": {"fill": "#1d1c1a"},
    "quiet": {"fill": "#5c5850"},
    "line": {"stroke": "#dedad0", "fill": "none"},
    "band": {"fill": "#f1eee4"},
    "plain": {"fill": "#8a857a"},
    "first": {"fill": "#1b5480"},
    "second": {"fill": "#a34a00"},
    "third": {"fill": "#5c5850"},
    "hollow": {"fill": "#fcfbf8", "stroke": "#1b5480", "stroke-width": "1.5"},
    "faint": {"fill": "#fcfbf8", "stroke": "#8a857a", "stroke-width": "1.2"},
    "open": {"fill": "none", "stroke": "#1b5480", "stroke-width": "1.5"},
    "room": {"fill": "none", "pointer-events": "all"},
}


def node(name: str, *children: object, **attributes: object) -> Markup:
    """An element. Plain text among the children is escaped; an attribute that is None is left out."""
    given = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value is not None)
    said = "".join(f' {key}="{escape(_short(value))}"' for key, value in given)
    inside = "".join(map(escape, children))
    return Markup(f"<{name}{said}>{inside}</{name}>")


def _short(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def shape(name: str, look: str, *children: object, **attributes: object) -> Markup:
    """An element of a look."""
    plain = {key.replace("-", "_"): value for key, value in LOOKS[look].items()}
    return node(name, *children, class_=f"p-{look}", **{**plain, **attributes})


def words(x: float, y: float, text: str, look: str = "ink", size: int = 13, **more: object) -> Markup:
    return shape("text", look, text, x=x, y=y, font_size=size, **more)


def box(x: float, y: float, width: float, height: float, look: str, **more: object) -> Markup:
    return shape("rect", look, x=x, y=y, width=width, height=height, **more)


def dot(x: float, y: float, radius: float, look: str) -> Markup:
    return shape("circle", look, cx=x, cy=y, r=radius)


def rule(x: float, y: float, to_x: float, to_y: float) -> Markup:
    return shape("line", "line", x1=x, y1=y, x2=to_x, y2=to_y)


def titled(name: str, *children: object) -> Markup:
    """Marks that say what they are when pointed at."""
    return node("g", node("title", name), *children)


def link(href: str, name: str, *children: object) -> Markup:
    """Marks that lead to a record, with a name for those who point at them or hear them."""
    return node("a", node("title", name), *children, href=href)


def breadth(text: str, size: float) -> float:
    """About how wide a text is: han and what is set as wide as han take a square, small letters half of one."""
    return size * sum(map(_width, text))


def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1
    return 0.52 if character.islower() or character.isspace() else 0.6


def shortened(text: str, size: float, room: float) -> str:
    """As much of a text as fits, with … where it is cut."""
    if breadth(text, size) <= room:
        return text
    while text and breadth(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip(' ,、')}…"


def wrapped(text: str, size: float, room: float) -> list[str]:
    """A text in lines that fit; broken at blanks, or between han."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and breadth(lines[-1] + piece.rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    pieces: list[str] = [""]
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        if pieces[-1] and (wide or pieces[-1].endswith(" ")) and character not in ",。、;”)":
            pieces.append("")
        pieces[-1] += character
    return pieces


@dataclass(frozen=True)
class Paper:
    """What a plot is drawn on: wide, with labels beside the marks, or narrow, with labels above them."""

    width: float
    margin: float = 0

    @property
    def narrow(self) -> bool:
        return self.width < WIDE.width

    def sheet(self, height: float, name: str, lang: str, *children: object) -> Markup:
        """The whole drawing. It is a group and no picture, so that its links stay links."""
        edge, wide, high = -self.margin, self.width + 2 * self.margin, height + 2 * self.margin
        frame = {"viewBox": f"{edge:g} {edge:g} {wide:g} {high:g}", "width": f"{wide:g}", "height": f"{high:g}"}
        tongue = "zh-CN" if lang == "zh" else lang
        root = {"xmlns": "http://www.w3.org/2000/svg", "xml:lang": tongue, "lang": tongue}
        ground = box(edge, edge, wide, high, "ground")
        dress = {"class_": "plot", "role": "group", "aria_label": name, "font_family": FONTS}
        return node("svg", ground, *children, **root, **frame, **dress)


WIDE = Paper(760)
NARROW = Paper(343)
ALONE = Paper(760, margin=20)

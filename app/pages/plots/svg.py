"""SVG elements as markup, styles that hold with or without a stylesheet, and estimated widths of texts."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

FONTS = '"Helvetica Neue", "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
# Presentation attributes for where no stylesheet applies: the light scheme. `plots.css` has both schemes, by class.
STYLES = {
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
    # Invisible, to enlarge the area of a link.
    "room": {"fill": "none", "pointer-events": "all"},
}


def element(name: str, *children: object, **attributes: object) -> Markup:
    """Return an element. Plain text among the children is escaped; attributes that are None are left out.

    `font_size` is written as `font-size`, and `class_` as `class`.
    """
    given = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value is not None)
    written = "".join(f' {key}="{escape(_short(value))}"' for key, value in given)
    inside = "".join(map(escape, children))
    return Markup(f"<{name}{written}>{inside}</{name}>")


def _short(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


def styled(name: str, style: str, *children: object, **attributes: object) -> Markup:
    """Return an element of a style; `attributes` take precedence over the style's."""
    presentation = {key.replace("-", "_"): value for key, value in STYLES[style].items()}
    return element(name, *children, class_=f"p-{style}", **{**presentation, **attributes})


def text(x: float, y: float, content: str, style: str = "ink", size: int = 13, **attributes: object) -> Markup:
    return styled("text", style, content, x=x, y=y, font_size=size, **attributes)


def rect(x: float, y: float, width: float, height: float, style: str, **attributes: object) -> Markup:
    return styled("rect", style, x=x, y=y, width=width, height=height, **attributes)


def circle(x: float, y: float, radius: float, style: str) -> Markup:
    return styled("circle", style, cx=x, cy=y, r=radius)


def line(x1: float, y1: float, x2: float, y2: float) -> Markup:
    return styled("line", "line", x1=x1, y1=y1, x2=x2, y2=y2)


def group(title: str, *children: object) -> Markup:
    """Return a group with a title, which browsers show as a tooltip."""
    return element("g", element("title", title), *children)


def link(href: str, title: str, *children: object) -> Markup:
    """Return a link with a title, which is its tooltip and its accessible name."""
    return element("a", element("title", title), *children, href=href)


def text_width(content: str, size: float) -> float:
    """Return the approximate width of a text: a full-width character is a square of the font size."""
    return size * sum(map(_character_width, content))


def _character_width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1
    return 0.52 if character.islower() or character.isspace() else 0.6


def wrap(content: str, size: float, width: float) -> list[str]:
    """Return a text in lines that fit in a width, broken at spaces or between Chinese characters."""
    lines = [""]
    for part in _unbreakable_parts(content):
        if lines[-1] and text_width(lines[-1] + part.rstrip(), size) > width:
            lines.append("")
        lines[-1] += part
    return [one.rstrip() for one in lines]


def text_lines(
    x: float, y: float, lines: Sequence[str], style: str = "ink", size: int = 13, **attributes: object
) -> Markup:
    """Return lines of text below each other, the first one with its foot at `y`."""
    drawn = (text(x, y + line_height(size) * n, one, style, size, **attributes) for n, one in enumerate(lines))
    return element("g", *drawn)


def line_height(size: int) -> int:
    return size + 4


def _unbreakable_parts(content: str) -> list[str]:
    parts: list[str] = [""]
    for character in content:
        wide = unicodedata.east_asian_width(character) in "WF"
        if parts[-1] and (wide or parts[-1].endswith(" ")) and character not in ",。、;”)":
            parts.append("")
        parts[-1] += character
    return parts


@dataclass(frozen=True)
class Canvas:
    """The area of a chart, in pixels. A wide one has labels beside the marks, a narrow one above them.

    What stands alone has a heading above the chart, and below it the lines that tell where it is from.
    """

    width: float
    margin: float = 0
    heading: str = ""
    credit: tuple[str, ...] = ()

    @property
    def narrow(self) -> bool:
        return self.width < WIDE.width

    def svg(self, height: float, title: str, language: str, *children: object) -> Markup:
        """Return the whole chart. Its role is a group instead of an image, so that its links stay accessible."""
        heading = wrap(self.heading, 18, self.width) if self.heading else []
        credit = [line for one in self.credit for line in wrap(one, 12, self.width)]
        left, top = -self.margin, -self.margin - (24 * len(heading) + 16 if heading else 0)
        width = self.width + 2 * self.margin
        whole = height - top + self.margin + (18 * len(credit) + 12 if credit else 0)
        size = {"viewBox": f"{left:g} {top:g} {width:g} {whole:g}", "width": f"{width:g}", "height": f"{whole:g}"}
        above = [text(0, top + 36 + 24 * n, one, "ink", 18, font_weight="600") for n, one in enumerate(heading)]
        below = [text(0, height + 26 + 18 * n, one, "quiet", 12) for n, one in enumerate(credit)]
        tag = "zh-CN" if language == "zh" else language
        root = {"xmlns": "http://www.w3.org/2000/svg", "xml:lang": tag, "lang": tag}
        background = rect(left, top, width, whole, "ground")
        other = {"class_": "plot", "role": "group", "aria_label": title, "font_family": FONTS}
        return element("svg", background, *above, *children, *below, **root, **size, **other)


WIDE = Canvas(760)
NARROW = Canvas(343)
STANDALONE = Canvas(760, margin=20)

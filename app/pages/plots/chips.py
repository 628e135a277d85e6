"""Chips: figures with what they count, set one after another in lines, each a link to its record."""

from markupsafe import Markup

from app.pages.plots.data import Matter, Record
from app.pages.plots.figures import brief, full
from app.pages.plots.svg import box, breadth, link, node, shape, shortened, words

HEIGHT = 26
STEP = 32
_LONGEST = 180  # the widest that the words for what is counted may be


def flow(matter: Matter, metrics: list[Record], x: float, y: float, width: float) -> tuple[list[Markup], float]:
    """The chips of some figures in lines of a width, and the height that they take."""
    chips, at, line = [], 0.0, 0
    for metric in metrics:
        value, counted = brief(matter, metric), shortened(matter.pick(metric, "counted"), 12, _LONGEST)
        wide = breadth(value, 13) + breadth(counted, 12) + 24
        if at and at + wide > width:
            at, line = 0.0, line + 1
        chips.append(_chip(matter, metric, value, counted, x + at, y + line * STEP, wide))
        at += wide + 6
    return chips, (line + 1) * STEP if metrics else 0


def _chip(matter: Matter, metric: Record, value: str, counted: str, x: float, y: float, wide: float) -> Markup:
    ground = box(x, y, wide, HEIGHT, "band", rx=4)
    number = node("tspan", value, font_weight="600")
    noun = shape("tspan", "quiet", counted, dx=6, font_size=12)
    said = words(x + 8, y + 18, number + noun)
    return link(matter.to(f"/metrics/{metric['id']}"), full(matter, metric), ground, said)

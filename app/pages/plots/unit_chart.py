"""Squares: a number as so many small squares in lines, a bound left open."""

from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from app.pages.plots.svg import node, shape

SIDE, PITCH = 6, 8
_MOST = 500  # squares in a row, before one has to stand for ten
_TEN = PITCH * 10 + 5  # ten and the gap after them


@dataclass(frozen=True)
class Run:
    """A number of squares, how the words bound it, and the width of a line."""

    count: float
    qualifier: str
    width: float

    @property
    def line(self) -> int:
        """How many go in a line: whole tens."""
        return max(10, int(self.width // _TEN) * 10)

    def at(self, place: int) -> tuple[int, int]:
        row, column = divmod(place, self.line)
        return column * PITCH + column // 10 * 5, row * PITCH


def worth(greatest: float) -> int:
    """What one square stands for: 1, or the power of ten that keeps the greatest number drawable."""
    each = 1
    while greatest / each > _MOST:
        each *= 10
    return each


def height_of(run: Run) -> float:
    return ceil((ceil(run.count) + _arrow(run)) / run.line) * PITCH


def _arrow(run: Run) -> bool:
    return run.qualifier in ("more_than", "at_least")


def squares(run: Run, x: float, y: float, look: str) -> Markup:
    """Filled squares for a number; an arrow where there may be more; hollow ones where it is not reached, or about."""
    whole = int(run.count)
    path = "".join(_square(run, place, x, y, SIDE) for place in range(whole))
    if part := run.count - whole:
        path += _square(run, whole, x, y, SIDE * part)
    filled = run.qualifier in ("exact", "more_than", "at_least")
    marks = [shape("path", look if filled else "open", d=path)]
    return node("g", *marks, *([_more(run, x, y)] if _arrow(run) else []))


def _square(run: Run, place: int, x: float, y: float, wide: float) -> str:
    across, down = run.at(place)
    return f"M{x + across:g} {y + down:g}h{wide:g}v{SIDE}h-{wide:g}z"


def _more(run: Run, x: float, y: float) -> Markup:
    """An open arrow after the last square: the number goes on, nobody says how far."""
    across, down = run.at(ceil(run.count))
    left, middle = x + across + 2, y + down + SIDE / 2
    return shape("path", "open", d=f"M{left:g} {middle:g}h14m-5 -4l5 4l-5 4")

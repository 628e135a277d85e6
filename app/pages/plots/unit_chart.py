"""Unit charts: a number as small squares in rows, with an open end where its qualifier leaves one."""

from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from app.pages.plots.svg import element, styled

SIDE, PITCH = 6, 8
_MAX_SQUARES = 500  # before a square has to stand for ten things
_TEN = PITCH * 10 + 5  # the width of ten squares and the gap after them


@dataclass(frozen=True)
class Squares:
    """A number of squares, the qualifier of the number, and the width of the rows."""

    count: float
    qualifier: str
    width: float

    @property
    def per_row(self) -> int:
        """The number of squares in a row, a multiple of ten."""
        return max(10, int(self.width // _TEN) * 10)

    @property
    def has_arrow(self) -> bool:
        return self.qualifier in ("more_than", "at_least")

    @property
    def height(self) -> float:
        return ceil((ceil(self.count) + self.has_arrow) / self.per_row) * PITCH

    def position(self, index: int) -> tuple[int, int]:
        """Return the x and y of a square."""
        row, column = divmod(index, self.per_row)
        return column * PITCH + column // 10 * 5, row * PITCH

    def draw(self, x: float, y: float, style: str) -> Markup:
        """Return the squares, hollow if the number is approximate or not reached, with an arrow if it is exceeded."""
        whole = int(self.count)
        path = "".join(self._square(index, x, y, SIDE) for index in range(whole))
        if rest := self.count - whole:
            path += self._square(whole, x, y, SIDE * rest)
        filled = self.qualifier == "exact" or self.has_arrow
        marks = [styled("path", style if filled else "open", d=path)]
        return element("g", *marks, *([self._arrow(x, y)] if self.has_arrow else []))

    def _square(self, index: int, x: float, y: float, width: float) -> str:
        dx, dy = self.position(index)
        return f"M{x + dx:g} {y + dy:g}h{width:g}v{SIDE}h-{width:g}z"

    def _arrow(self, x: float, y: float) -> Markup:
        """Return an arrow after the last square: the number has no stated upper bound."""
        dx, dy = self.position(ceil(self.count))
        left, middle = x + dx + 2, y + dy + SIDE / 2
        return styled("path", "open", d=f"M{left:g} {middle:g}h14m-5 -4l5 4l-5 4")


def things_per_square(maximum: float) -> int:
    """Return what one square stands for: 1, or the power of ten that keeps the greatest number drawable."""
    each = 1
    while maximum / each > _MAX_SQUARES:
        each *= 10
    return each

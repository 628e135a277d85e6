"""The totals that the notice declares, as unit charts, and the counts in the transcription that are comparable."""

from dataclasses import dataclass
from itertools import groupby
from math import ceil

from markupsafe import Markup

from app.pages.plots.data import Cell, ChartData, Record, Table
from app.pages.plots.figures import full_text, kind_of, kind_text, quantity_text, value_text
from app.pages.plots.svg import Canvas, element, line, link, rect, styled, text, wrap

SIDE, PITCH = 6, 8
_MAX_SQUARES = 500  # before a square has to stand for ten things
_TEN = PITCH * 10 + 5  # the width of ten squares and the gap after them


def draw(data: ChartData, canvas: Canvas) -> Markup:
    """Return the chart, with a panel for every run of totals of one kind."""
    parts, y = [], 0.0
    for _, declarations in groupby(data.declarations, lambda d: kind_of(data.metrics_by_id[d["metric_id"]])):
        panel, height = _panel(data, canvas, list(declarations), y)
        parts.append(panel)
        y += height
    return canvas.svg(y, data.message("declared_title"), data.language, *parts)


def _panel(data: ChartData, canvas: Canvas, declarations: list[Record], y: float) -> tuple[Markup, float]:
    """Return totals of one kind, to one scale, and the height of the panel."""
    metrics = [data.metrics_by_id[declaration["metric_id"]] for declaration in declarations]
    each = things_per_square(max(abs(metric["normalized_value"]) for metric in metrics))
    title = kind_text(data, kind_of(metrics[0]))
    if each > 1:
        title = data.message("declared_each", title=title, each=f"{each:,}")
    parts, height = [line(0, y, canvas.width, y), text(0, y + 24, title, "quiet", font_weight="600")], 42.0
    for declaration in declarations:
        row, row_height = _Row(data, canvas, declaration, each).draw(y + height)
        parts.append(row)
        height += row_height
    return element("g", *parts), height + 8


@dataclass(frozen=True)
class _Row:
    """One total: the printed figure, its label and squares, and the note on comparing it with the transcription.

    The methods that draw a part at a height return it with the height at which the next part begins.
    """

    data: ChartData
    canvas: Canvas
    declaration: Record
    each: int

    @property
    def metric(self) -> Record:
        return self.data.metrics_by_id[self.declaration["metric_id"]]

    @property
    def left(self) -> float:
        return 0 if self.canvas.narrow else 160

    def draw(self, top: float) -> tuple[Markup, float]:
        """Return the row and its own height."""
        data, metric = self.data, self.metric
        number = text(0, top + 18, value_text(data, metric), "first", 19, font_weight="600")
        y = top + (26 if self.canvas.narrow else 2)
        label, y = self._lines(data.localized(metric, "label"), "ink", 13, y)
        squares, y = self._squares(metric["normalized_value"], metric["qualifier"], "first", y + 4)
        area = rect(0, top, self.canvas.width, y - top, "room")
        total = link(data.metric_url(metric), full_text(data, metric), area, number, label, squares)
        transcribed, y = self._transcribed(y)
        note, y = self._lines(data.localized(self.declaration, "note"), "quiet", 12, y)
        return element("g", total, transcribed, note), y - top + 16

    def _lines(self, content: str, style: str, size: int, y: float) -> tuple[Markup, float]:
        lines, step = wrap(content, size, self.canvas.width - self.left), size + 5
        drawn = (text(self.left, y + step * n - 2, part, style, size) for n, part in enumerate(lines, 1))
        return element("g", *drawn), y + step * len(lines)

    def _squares(self, value: float, qualifier: str, style: str, y: float) -> tuple[Markup, float]:
        """Return the squares of a number of things; a share or a change has none."""
        if self.metric["nature"] != "level":
            return Markup(), y
        squares = Squares(value / self.each, qualifier, self.canvas.width - self.left)
        return squares.draw(self.left, y + 2, style), y + 4 + squares.height

    def _transcribed(self, y: float) -> tuple[Markup, float]:
        """Return the count in the transcription, if it is of the same thing."""
        if not self.declaration["comparable"]:
            return Markup(), y
        lines, y = self._lines(_transcribed_text(self.data, self.declaration), "quiet", 12, y)
        squares, y = self._squares(self.declaration["transcribed"], "exact", "plain", y + 2)
        return element("g", lines, squares), y


def _transcribed_text(data: ChartData, declaration: Record) -> str:
    """Return the count in the transcription that comes nearest to a total."""
    if declaration["counted_as"] is None:
        return data.message("declared_alone")
    thing = data.label("counted_as", declaration["counted_as"])
    key = "declared_same" if declaration["comparable"] else "declared_other"
    return data.message(key, count=declaration["transcribed"], thing=thing)


def table(data: ChartData) -> Table:
    """Return every total with the nearest count in the transcription and the note on comparing them."""
    head = [data.message(key) for key in ("label", "value", "declared_transcribed", "remark")]
    rows: list[list[Cell]] = []
    for declaration in data.declarations:
        metric = data.metrics_by_id[declaration["metric_id"]]
        texts = [_transcribed_text(data, declaration), data.localized(declaration, "note")]
        value = (quantity_text(data, metric), data.metric_url(metric))
        rows.append([(data.localized(metric, "label"), None), value, *((content, None) for content in texts)])
    return Table(head, rows)


def finding(data: ChartData) -> str:
    """Return how many of the declared totals can be counted again in the transcription."""
    comparable = sum(declaration["comparable"] for declaration in data.declarations)
    return data.message("declared_finding", comparable=comparable, totals=len(data.declarations))


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

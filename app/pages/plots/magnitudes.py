"""Figures that count the same thing in the same unit as bars from zero, each kind to a scale of its own."""

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from app.pages.plots.data import Cell, ChartData, Record, Table
from app.pages.plots.figures import Kind, chips, full_text, kind_of, kind_text, quantity_text, value_text
from app.pages.plots.svg import (
    Canvas,
    element,
    line,
    line_height,
    link,
    rect,
    styled,
    text,
    text_lines,
    text_width,
    wrap,
)

_BAR = 14  # the height of a bar
_ARROW = 20  # the length of the arrow after one


def by_kind(data: ChartData) -> dict[Kind, list[Record]]:
    """Return the figures that may share an axis; a figure that is printed twice is there once."""
    grouped: dict[Kind, list[Record]] = {}
    for metric in data.metrics:
        if metric["same_as"] is None:
            grouped.setdefault(kind_of(metric), []).append(metric)
    return grouped


def draw(data: ChartData, canvas: Canvas) -> Markup:
    """Return the chart: a panel for each kind, and at the end the figures that are the only one of their kind."""
    parts, single, y = [], [], 0.0
    for kind, metrics in by_kind(data).items():
        if len(metrics) == 1:
            single += metrics
            continue
        panel = _Panel(data, canvas, kind, metrics)
        parts.append(panel.draw(y))
        y += panel.height
    drawn, height = chips(data, single, 0, y + 40, canvas.width)
    title = text(0, y + 24, data.message("sizes_alone"), "quiet", font_weight="600")
    parts.append(element("g", line(0, y, canvas.width, y), title, *drawn))
    return canvas.svg(y + 40 + height, data.message("sizes_title"), data.language, *parts)


@dataclass(frozen=True)
class _Panel:
    """The bars of one kind of figures."""

    data: ChartData
    canvas: Canvas
    kind: Kind
    metrics: list[Record]

    def label(self, metric: Record) -> list[str]:
        """Return the label of a figure in lines: above its bar on a narrow canvas, beside it otherwise."""
        width = self.canvas.width if self.canvas.narrow else self.left - 16
        return wrap(self.data.localized(metric, "label"), 13, width)

    def row_height(self, metric: Record) -> int:
        label = line_height(13) * len(self.label(metric))
        return label + 28 if self.canvas.narrow else max(28, label + 10)

    @property
    def left(self) -> float:
        return 0 if self.canvas.narrow else 320

    @property
    def height(self) -> float:
        return 36 + sum(map(self.row_height, self.metrics)) + 12

    @property
    def maximum(self) -> float:
        """The value at the end of the scale: 100 for shares in percent, otherwise the greatest one."""
        _, unit, nature = self.kind
        greatest: float = max(abs(metric["normalized_value"]) for metric in self.metrics)
        return 100 if unit == "percent" and nature == "share" else greatest

    @cached_property
    def scale(self) -> float:
        """The length of one unit, the same for every bar: the widest number still fits after the longest bar."""
        widest = max(text_width(value_text(self.data, metric), 13) for metric in self.metrics)
        return (self.canvas.width - self.left - _ARROW - 12 - widest) / (self.maximum or 1)

    def draw(self, y: float) -> Markup:
        title = text(0, y + 24, kind_text(self.data, self.kind), "quiet", font_weight="600")
        zero = line(self.left, y + 36, self.left, y + self.height - 12)
        rows, top = [], y + 36
        for metric in self.metrics:
            rows.append(self._row(metric, top))
            top += self.row_height(metric)
        return element("g", line(0, y, self.canvas.width, y), title, zero, *rows)

    def _row(self, metric: Record, y: float) -> Markup:
        data, canvas, value = self.data, self.canvas, value_text(self.data, metric)
        lines = self.label(metric)
        label = text_lines(0, y + 17, lines)
        top = y + (line_height(13) * len(lines) + 6 if canvas.narrow else 6)
        bar, end = _bar(metric["qualifier"], self.left, top, abs(metric["normalized_value"]) * self.scale)
        value_label = text(end + 6, top + 12, value, font_weight="600")
        area = rect(0, y, canvas.width, self.row_height(metric), "room")
        return link(data.metric_url(metric), full_text(data, metric), area, label, bar, value_label)


def _bar(qualifier: str, x: float, y: float, width: float) -> tuple[Markup, float]:
    """Return a bar and where it ends.

    It is filled up to a number, dashed up to one that is not reached, and an open outline for an approximate one or the
    lower end of a range; an arrow follows where there is no upper bound.
    """
    end = x + width
    if qualifier == "exact":
        return rect(x, y, width, _BAR, "first"), end
    if qualifier in ("more_than", "at_least"):
        return element("g", rect(x, y, width, _BAR, "first"), _arrow(end, y)), end + _ARROW
    outline = f"M{end:.2f} {y:g}H{x:g}v{_BAR}h{width:.2f}"
    if qualifier in ("about", "between"):
        return styled("path", "open", d=outline), end
    edge = styled("path", "open", d=f"M{end:.2f} {y - 2:g}v{_BAR + 4}")
    return element("g", styled("path", "open", d=outline, stroke_dasharray="3 3"), edge), end


def _arrow(x: float, y: float) -> Markup:
    middle = y + _BAR / 2
    return styled("path", "open", d=f"M{x:.2f} {middle:g}h{_ARROW - 3}m-6 -5l6 5l-6 5")


def table(data: ChartData) -> Table:
    """Return every figure by its kind, with its bounds."""
    head = [data.message(key) for key in ("sizes_kind", "label", "value", "sizes_lower", "sizes_upper")]
    rows: list[list[Cell]] = []
    for kind, metrics in by_kind(data).items():
        for metric in metrics:
            value = (quantity_text(data, metric), data.metric_url(metric))
            bounds = [(_bound(data, metric[side]), None) for side in ("lower", "upper")]
            rows.append([(kind_text(data, kind), None), (data.localized(metric, "label"), None), value, *bounds])
    return Table(head, rows)


def _bound(data: ChartData, bound: float | None) -> str:
    return data.message("sizes_unknown") if bound is None else f"{bound:,}"


def finding(data: ChartData) -> str:
    """Return how many figures have no other one of their kind to be compared with."""
    kinds = by_kind(data).values()
    alone = sum(len(metrics) == 1 for metrics in kinds)
    return data.message("sizes_finding", alone=alone, figures=sum(map(len, kinds)))

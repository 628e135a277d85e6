"""Every figure under the period that its sentence states, or under none."""

from datetime import date

from markupsafe import Markup

from app.pages.plots.data import Cell, ChartData, Record, Table
from app.pages.plots.figures import chips, period_text, quantity_text
from app.pages.plots.svg import Canvas, element, line, line_height, text, text_lines, wrap

# Sorts figures without a date after those with one.
_NO_DATE = date.max.isoformat()


def by_period(data: ChartData) -> dict[str, list[Record]]:
    """Return figures by the words of their period: dated ones in order, then words without a date, then no words.

    A year in a name stands apart from the same year as a period.
    """
    grouped: dict[str, list[Record]] = {}
    for metric in data.metrics:
        grouped.setdefault(period_text(data, metric), []).append(metric)
    ordered = sorted(grouped.items(), key=lambda group: (not group[1][0]["period_text"], _first_date(group[1][0])))
    return dict(ordered)


def _first_date(metric: Record) -> str:
    return metric["period_start"] or metric["period_end"] or _NO_DATE


def draw(data: ChartData, canvas: Canvas) -> Markup:
    """Return the chart, with a group of chips for each period."""
    parts, y = [], 0.0
    for title, metrics in by_period(data).items():
        group, height = _group(data, canvas, title, metrics, y)
        parts.append(group)
        y += height
    return canvas.svg(y, data.message("periods_title"), data.language, *parts)


def _group(data: ChartData, canvas: Canvas, title: str, metrics: list[Record], y: float) -> tuple[Markup, float]:
    """Return the chips of one period with its words beside or above them, and the height of the group."""
    left, top = (0, 58) if canvas.narrow else (170, 12)
    drawn, height = chips(data, metrics, left, y + top, canvas.width - left)
    dated = _first_date(metrics[0]) != _NO_DATE
    style, language = "ink" if dated else "quiet", _language_tag(data, metrics[0])
    heading = text(0, y + 29, title, style, 14, font_weight="600", lang=language)
    lines = wrap(_subtitle(data, metrics, dated), 12, (canvas.width if canvas.narrow else left) - 12)
    subtitle = text_lines(0, y + 47, lines, "quiet", 12)
    least = 46 + line_height(12) * len(lines)
    return element("g", line(0, y, canvas.width, y), heading, subtitle, *drawn), max(top + height, least) + 8


def _language_tag(data: ChartData, metric: Record) -> str | None:
    """Return the language of the words of a period if it is not that of the page: they are quoted in Chinese."""
    return "zh-CN" if metric["period_text"] and data.language == "en" else None


def _subtitle(data: ChartData, metrics: list[Record], dated: bool) -> str:
    """Return how many figures a period has, its kind in English, and whether it is without dates."""
    parts = [data.message("periods_count", count=len(metrics))]
    if metrics[0]["period_text"]:
        if data.language == "en" and metrics[0]["period_kind"] != "named":
            parts.append(data.label("period_kind", metrics[0]["period_kind"]))
        if not dated:
            parts.append(data.message("periods_undated"))
    return " · ".join(parts)


def table(data: ChartData) -> Table:
    """Return every figure with its period."""
    head = [data.message(key) for key in ("period", "value", "label")]
    rows: list[list[Cell]] = []
    for metrics in by_period(data).values():
        for metric in metrics:
            period = element("span", period_text(data, metric), lang=_language_tag(data, metric))
            value = (quantity_text(data, metric), data.metric_url(metric))
            rows.append([(period, None), value, (data.localized(metric, "label"), None)])
    return Table(head, rows)


def finding(data: ChartData) -> str:
    """Return how many figures state no date."""
    undated = sum(_first_date(metric) == _NO_DATE for metric in data.metrics)
    return data.message("periods_finding", undated=undated, figures=len(data.metrics))

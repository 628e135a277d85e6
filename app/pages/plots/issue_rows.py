"""Rows of issues under their categories, as two charts have them: the title over the rows, and the label of a row."""

from markupsafe import Markup

from app.pages.plots.data import ChartData, Record
from app.pages.plots.svg import Canvas, group, line, line_height, link, rect, text, text_lines, wrap


def title_height(title: str, canvas: Canvas) -> float:
    """Return the height of a title over rows."""
    return line_height(13) * len(wrap(title, 13, canvas.width)) + 17


def draw_title(title: str, canvas: Canvas, y: float) -> Markup:
    """Return a title over rows, under a line."""
    lines = text_lines(0, y + 23, wrap(title, 13, canvas.width), "quiet", font_weight="600")
    return group(title, line(0, y, canvas.width, y), lines)


def label_lines(data: ChartData, canvas: Canvas, issue: Record, left: float) -> list[str]:
    """Return the name of an issue in lines; the marks beside it begin at `left`, on a narrow canvas below it."""
    return wrap(data.issue_name(issue), 13, canvas.width - 26 if canvas.narrow else left - 36)


def draw_label(
    data: ChartData, canvas: Canvas, issue: Record, left: float, y: float, height: float, foot: float
) -> Markup:
    """Return the number and the name of an issue, linked to its page; its first line has its foot at `foot`."""
    number = str(issue["number"])
    area = rect(0, y, canvas.width if canvas.narrow else left - 8, height, "room")
    name = text_lines(27, foot, label_lines(data, canvas, issue, left))
    number_label = text(20, foot, number, "quiet", text_anchor="end")
    return link(data.issue_url(issue["number"]), f"{number} {data.issue_name(issue)}", area, number_label, name)

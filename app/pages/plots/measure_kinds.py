"""Issues by kinds of measures, a dot for each pair that occurs: which issues report rules, and which meetings."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from markupsafe import Markup

from app.pages.plots.data import Cell, ChartData, Record, Table
from app.pages.plots.issue_rows import draw_label, draw_title, label_lines, title_height
from app.pages.plots.svg import Canvas, circle, element, group, line, line_height, link, rect, text, text_width

# The kinds that the chart is about come first and have colours of their own.
HIGHLIGHTED = {"meeting": "first", "rule_made": "second", "rule_revised": "second"}


@dataclass(frozen=True)
class Grid:
    """The rows and columns of one drawing."""

    data: ChartData
    canvas: Canvas

    @cached_property
    def counts(self) -> Counter[tuple[int | None, str]]:
        """The number of measures by issue number, None outside the issues, and kind."""
        return Counter((s["issue_number"], s["measure"]["kind"]) for s in self.data.statements if s["measure"])

    @cached_property
    def has_outside(self) -> bool:
        """Whether there are measures outside the issues."""
        return any(number is None for number, _ in self.counts)

    @cached_property
    def kinds(self) -> list[str]:
        codes = self.data.labels["measure_kind"]
        return [code for code in HIGHLIGHTED if code in codes] + [code for code in codes if code not in HIGHLIGHTED]

    @property
    def left(self) -> float:
        return 26 if self.canvas.narrow else 320

    @property
    def pitch(self) -> float:
        """The width of a column."""
        return (self.canvas.width - self.left) / len(self.kinds)

    def row_height(self, lines: int) -> float:
        """Return the height of a row with a label of some lines; on a narrow canvas they stand above the dots."""
        text_height = line_height(13) * lines + 8
        return text_height + 18 if self.canvas.narrow else max(26, text_height)

    def middle(self, lines: int) -> float:
        """Return where the dots of a row are, below its top."""
        return line_height(13) * lines + 14 if self.canvas.narrow else 13

    def rows(self, category: Record) -> list[tuple[Record, float]]:
        """Return the issues of a category with the height of each row."""
        issues = self.data.issues_of(category)
        return [(issue, self.row_height(self.lines(issue))) for issue in issues]

    def lines(self, issue: Record) -> int:
        """Return in how many lines the name of an issue stands."""
        return len(label_lines(self.data, self.canvas, issue, self.left))

    @cached_property
    def top(self) -> float:
        """The height of the column headings, which are upright."""
        longest = max(text_width(self.data.label("measure_kind", kind), 13) for kind in self.kinds)
        return longest * (1.1 if self.data.language == "zh" else 1) + 34

    def x(self, column: int) -> float:
        """Return the middle of a column."""
        return self.left + self.pitch * (column + 0.5)

    @cached_property
    def unit_radius(self) -> float:
        """The radius of a dot for one measure: the greatest dot still fits into its column."""
        greatest = max(self.counts.values(), default=1)
        return min(3.8, (self.pitch / 2 - 0.5) / sqrt(greatest))

    def radius(self, count: int) -> float:
        """Return the radius of a dot whose area is proportional to a number of measures."""
        return self.unit_radius * sqrt(count)


def draw(data: ChartData, canvas: Canvas) -> Markup:
    """Return the chart: column headings, the rows of the issues under their categories, and one for what is outside."""
    grid = Grid(data, canvas)
    parts, y = [_headings(grid)], grid.top
    for category in data.groups:
        drawn, y = _category(grid, category, y)
        parts.append(drawn)
    if grid.has_outside:
        parts.append(_outside(grid, y))
        y += grid.row_height(1) + 18
    return canvas.svg(y, data.message("kinds_title"), data.language, *parts)


def _bands(grid: Grid, y: float, height: float) -> list[Markup]:
    """Return the background of the highlighted columns."""
    columns = [column for column, kind in enumerate(grid.kinds) if kind in HIGHLIGHTED]
    return [rect(grid.x(column) - grid.pitch / 2 + 1, y, grid.pitch - 2, height, "band") for column in columns]


def _headings(grid: Grid) -> Markup:
    headings = [_heading(grid, column, kind) for column, kind in enumerate(grid.kinds)]
    return element("g", *_bands(grid, 0, grid.top), *headings, *_legend(grid))


def _legend(grid: Grid) -> list[Markup]:
    """Return what the sizes of the dots mean, if the canvas has room for it."""
    if grid.canvas.narrow or not grid.counts:
        return []
    greatest = max(grid.counts.values())
    counts = sorted({1, -(-greatest // 2), greatest})
    y = grid.top - 13
    dots = [circle(20 + 70 * n, y, grid.radius(count), "plain") for n, count in enumerate(counts)]
    numbers = [text(38 + 70 * n, y + 4, str(count), "quiet", 12) for n, count in enumerate(counts)]
    return [*dots, *numbers, text(70 * len(counts) - 12, y + 4, grid.data.message("kinds_key"), "quiet", 12)]


def _heading(grid: Grid, column: int, kind: str) -> Markup:
    """Return the upright name of a kind, over the number of issues that have it."""
    x, bottom = grid.x(column), grid.top - 26
    issues = sum(1 for number, found in grid.counts if found == kind and number is not None)
    name, style = grid.data.label("measure_kind", kind), HIGHLIGHTED.get(kind, "ink")
    if grid.data.language == "zh":
        label = text(x, bottom, name, style, writing_mode="vertical-rl", text_anchor="end")
    else:
        label = text(x + 4, bottom, name, style, transform=f"rotate(-90 {x + 4:.1f} {bottom:.1f})")
    count = text(x, grid.top - 8, str(issues), "quiet", 12, text_anchor="middle")
    return group(grid.data.message("kinds_column", kind=name, issues=issues), label, count)


def _category(grid: Grid, category: Record, y: float) -> tuple[Markup, float]:
    """Return the title of a category over the rows of its issues, and where the next one begins."""
    title = grid.data.localized(category, "title")
    top = next_row = y + title_height(title, grid.canvas)
    rows = []
    for issue, height in grid.rows(category):
        rows.append(_row(grid, issue, next_row, height))
        next_row += height
    heading = draw_title(title, grid.canvas, y)
    return element("g", heading, *_bands(grid, top, next_row - top), *rows), next_row + 10


def _outside(grid: Grid, y: float) -> Markup:
    """Return the row of the measures outside the issues. Its dots are no links: no list holds just these measures."""
    data, name, top = grid.data, grid.data.message("outside"), y + 8
    label = text(0, top + 18, name, "quiet", font_weight="600")
    middle = top + grid.middle(1)
    dots = []
    for column, kind in enumerate(grid.kinds):
        if count := grid.counts[None, kind]:
            dot = circle(grid.x(column), middle, grid.radius(count), HIGHLIGHTED.get(kind, "plain"))
            title = data.message("kinds_outside", kind=data.label("measure_kind", kind), count=count)
            dots.append(group(title, dot))
    rule = line(0, y, grid.canvas.width, y)
    return element("g", group(name, rule, label), *_bands(grid, top, grid.row_height(1)), *dots)


def _row(grid: Grid, issue: Record, y: float, height: float) -> Markup:
    """Return the label of an issue and its dots."""
    counts = [(column, kind, grid.counts[issue["number"], kind]) for column, kind in enumerate(grid.kinds)]
    dots = [_dot(grid, issue, column, kind, count, y) for column, kind, count in counts if count]
    return element("g", draw_label(grid.data, grid.canvas, issue, grid.left, y, height, y + 18), *dots)


def _dot(grid: Grid, issue: Record, column: int, kind: str, count: int, y: float) -> Markup:
    """Return the dot of an issue and a kind, linked to the measures.

    On a narrow canvas the dots are too close to each other to be links: the whole row links to the issue instead.
    """
    middle = y + grid.middle(grid.lines(issue))
    dot = circle(grid.x(column), middle, grid.radius(count), HIGHLIGHTED.get(kind, "plain"))
    label = grid.data.label("measure_kind", kind)
    title = grid.data.message("kinds_dot", number=issue["number"], kind=label, count=count)
    if grid.canvas.narrow:
        return group(title, dot)
    area = rect(grid.x(column) - grid.pitch / 2, middle - 13, grid.pitch, 26, "room")
    return link(_measures_url(grid.data, issue, kind), title, area, dot)


def _measures_url(data: ChartData, issue: Record, kind: str) -> str:
    return data.url("/measures", ("issue", issue["number"]), ("kind", kind))


def table(data: ChartData) -> Table:
    """Return the issues by kinds, with the number of measures in each cell, and a row for those outside the issues."""
    grid = Grid(data, Canvas(0))
    kinds = [data.label("measure_kind", kind) for kind in grid.kinds]
    rows = [_cells(grid, issue) for issue in data.issues]
    if grid.has_outside:
        counts: list[Cell] = [(str(grid.counts[None, kind] or ""), None) for kind in grid.kinds]
        rows.append([(data.message("outside"), None), *counts])
    return Table([data.message("issue"), *kinds], rows)


def _cells(grid: Grid, issue: Record) -> list[Cell]:
    data, counts = grid.data, [(kind, grid.counts[issue["number"], kind]) for kind in grid.kinds]
    label = (f"{issue['number']} {data.issue_name(issue)}", data.issue_url(issue["number"]))
    cells: list[Cell] = [(str(n), _measures_url(data, issue, kind)) if n else ("", None) for kind, n in counts]
    return [label, *cells]


def finding(data: ChartData) -> str:
    """Return how many issues report rules, and how many meetings."""
    counts = Grid(data, Canvas(0)).counts
    with_rules = {number for number, kind in counts if kind in ("rule_made", "rule_revised") and number is not None}
    with_meetings = {number for number, kind in counts if kind == "meeting" and number is not None}
    return data.message("kinds_finding", rules=len(with_rules), meetings=len(with_meetings), issues=len(data.issues))

"""A mark for every statement of every issue in order, filled where a figure is printed in the statement."""

from markupsafe import Markup

from app.pages.plots.data import Cell, ChartData, Record, Table
from app.pages.plots.figures import full_text
from app.pages.plots.issue_rows import draw_label, draw_title, label_lines, title_height
from app.pages.plots.svg import Canvas, circle, element, line_height, link, rect, text

PITCH = 24
ROLES = ("measure", "outcome", "commitment")


def draw(data: ChartData, canvas: Canvas) -> Markup:
    """Return the chart: a legend, the rows of the issues under their categories, and what belongs to no issue."""
    parts: list[Markup] = [_legend(data, canvas)]
    y = 168.0 if canvas.narrow else 64.0
    for category in data.groups:
        title = data.localized(category, "title")
        parts.append(draw_title(title, canvas, y))
        y += title_height(title, canvas)
        for issue in data.issues_of(category):
            statements, lines = data.statements_of(issue), len(label_lines(data, canvas, issue, _left(canvas)))
            height = _row_height(canvas, statements, lines)
            parts += [_label(data, canvas, issue, y, height, lines), _cells_of(data, canvas, statements, y, lines)]
            y += height
        y += 10
    if outside := data.statements_outside:
        title = data.message("outside")
        top = y + title_height(title, canvas)
        parts += [draw_title(title, canvas, y), _cells_of(data, canvas, outside, top, 0)]
        y = top + _row_height(canvas, outside, 0) + 10
    return canvas.svg(y, data.message("strip_title"), data.language, *parts)


def _left(canvas: Canvas) -> float:
    return 24 if canvas.narrow else 316


def _marks_per_line(canvas: Canvas) -> int:
    return int((canvas.width - _left(canvas)) // PITCH)


def _row_height(canvas: Canvas, statements: list[Record], lines: int) -> float:
    """Return the height of a row whose label has some lines: beside the marks, or above them on a narrow canvas."""
    marks = -(-len(statements) // _marks_per_line(canvas)) * PITCH
    label = line_height(13) * lines + 4
    return marks + label + 4 if canvas.narrow else max(marks, label) + 4


def _label(data: ChartData, canvas: Canvas, issue: Record, y: float, height: float, lines: int) -> Markup:
    whole = line_height(13) * lines + 4 if canvas.narrow else height
    return draw_label(data, canvas, issue, _left(canvas), y, whole, y + 17)


def _cells_of(data: ChartData, canvas: Canvas, statements: list[Record], y: float, lines: int) -> Markup:
    """Return the marks of statements, in as many lines as they need."""
    top = y + (line_height(13) * lines + 4 if canvas.narrow else 0)
    cells = (_cell(data, canvas, index, statement, top) for index, statement in enumerate(statements))
    return element("g", *cells)


def _cell(data: ChartData, canvas: Canvas, index: int, statement: Record, top: float) -> Markup:
    """Return the mark of a statement, linked to its clause."""
    row, column = divmod(index, _marks_per_line(canvas))
    x, y = _left(canvas) + PITCH * column, top + PITCH * row
    has_figure = statement["id"] in data.metrics_by_statement
    mark = _mark(statement["role"], has_figure, x + PITCH / 2, y + PITCH / 2)
    return link(data.statement_url(statement), _title(data, statement), rect(x, y, PITCH, PITCH, "room"), mark)


def _mark(role: str, has_figure: bool, x: float, y: float) -> Markup:
    """Return a circle for an outcome, a square for a measure, a dash for a commitment."""
    if role == "outcome":
        return circle(x, y, 8 if has_figure else 7.2, "first" if has_figure else "hollow")
    if role == "measure":
        return rect(x - 5, y - 5, 10, 10, "third" if has_figure else "faint", rx=1.5)
    return rect(x - 5, y - 1.5, 10, 3, "third" if has_figure else "plain")


def _title(data: ChartData, statement: Record) -> str:
    # A title has one language, so the printed name of the actor can't stand in an English one.
    role, content = data.role_text(statement, with_actor=data.language == "zh"), data.localized(statement, "text")
    return data.message("strip_mark", role=role, text=content, figures=_figures_text(data, statement))


def _figures_text(data: ChartData, statement: Record) -> str:
    metrics = data.metrics_by_statement.get(statement["id"], ())
    return data.message("list_mark").join(full_text(data, m) for m in metrics) or data.message("strip_none")


def _legend(data: ChartData, canvas: Canvas) -> Markup:
    """Return what the marks mean, with the number of each."""
    parts, pairs = [], [(role, has_figure) for role in ROLES for has_figure in (True, False)]
    for index, (role, has_figure) in enumerate(pairs):
        statements = [s for s in data.statements if s["role"] == role]
        count = sum((s["id"] in data.metrics_by_statement) == has_figure for s in statements)
        key = "strip_with" if has_figure else "strip_without"
        label = f"{data.message(key, role=data.label('statement_role', role))} {count}"
        column, row = divmod(index, 6 if canvas.narrow else 2)
        x, y = column * canvas.width / 3, 14 + row * 26
        parts += [_mark(role, has_figure, x + 10, y), text(x + 26, y + 5, label, "ink")]
    return element("g", *parts)


def table(data: ChartData) -> Table:
    """Return every statement with the figures in it, or that there is none."""
    head = [data.message(key) for key in ("issue", "strip_role", "strip_text", "strip_figures")]
    return Table(head, [_cells(data, statement) for statement in data.statements])


def _cells(data: ChartData, statement: Record) -> list[Cell]:
    metrics, url = data.metrics_by_statement.get(statement["id"], []), data.statement_url(statement)
    number = statement["issue_number"]
    issue = (data.message("outside"), None) if number is None else (str(number), data.issue_url(number))
    # One figure links to its own page; several link to the clause in which they are printed.
    figures_url = url if len(metrics) > 1 else next(map(data.metric_url, metrics), None)
    return [
        issue,
        (data.role_text(statement), None),
        (data.localized(statement, "text"), url),
        (_figures_text(data, statement), figures_url),
    ]


def finding(data: ChartData) -> str:
    """Return how many issues print no figure."""
    without = sum(issue["metric_count"] == 0 for issue in data.issues)
    return data.message("strip_finding", without=without, issues=len(data.issues))

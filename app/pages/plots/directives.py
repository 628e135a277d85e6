"""Who was made to act, by whom and by which word: a dot for each pair of an actor and a directing verb that occurs."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from markupsafe import Markup

from app.pages.plots.data import Cell, ChartData, Record, Table
from app.pages.plots.svg import Canvas, circle, element, group, line, line_height, link, rect, text, text_lines, wrap

_ISSUE = re.compile(r" \(issue [0-9]+\)$")
# Who had somebody act and who was to act, both as printed or None.
Pair = tuple[str | None, str | None]


@dataclass(frozen=True)
class Directives:
    """The measures in which somebody is made to act, on one canvas."""

    data: ChartData
    canvas: Canvas

    @cached_property
    def measures(self) -> list[Record]:
        measures = (statement["measure"] for statement in self.data.statements)
        return [measure for measure in measures if measure and measure["directive_code"]]

    @cached_property
    def counts(self) -> Counter[tuple[str | None, str | None, str]]:
        return Counter((one["prompted_by"], one["actor"], one["directive_code"]) for one in self.measures)

    @cached_property
    def codes(self) -> list[str]:
        """The directing verbs that occur, the commonest first."""
        return [code for code, _ in Counter(one["directive_code"] for one in self.measures).most_common()]

    @cached_property
    def rows(self) -> dict[str | None, list[Pair]]:
        """The actors under those who had them act: those printed first, and in each the commonest actor first."""
        pairs = Counter((one["prompted_by"], one["actor"]) for one in self.measures)
        grouped: dict[str | None, list[Pair]] = {}
        for pair, _ in sorted(pairs.most_common(), key=lambda counted: counted[0][0] is None):
            grouped.setdefault(pair[0], []).append(pair)
        return grouped

    @property
    def left(self) -> float:
        return 0 if self.canvas.narrow else 300

    @property
    def pitch(self) -> float:
        return (self.canvas.width - self.left) / max(len(self.codes), 1)

    @cached_property
    def unit_radius(self) -> float:
        """The radius of the dot for one measure: the greatest dot still fits into a row."""
        return min(5.0, 13 / sqrt(max(self.counts.values(), default=1)))

    def x(self, column: int) -> float:
        return self.left + self.pitch * (column + 0.5)

    def name(self, field: str, printed: str | None) -> tuple[str, str | None]:
        """Return the words for a body, and their language if it is not the page's."""
        if printed is None:
            return self.data.message(f"directives_no_{field}"), None
        # One printed word may stand for a body in each of several issues, whose English names tell the issue.
        found = {one[f"{field}_en"] for one in self.measures if one[field] == printed}
        if len(found) > 1:
            found = {_ISSUE.sub("", one or "") for one in found}
        name = found.pop() or None if len(found) == 1 else None
        chinese = "zh-CN" if self.data.language == "en" and name is None else None
        return name or printed, chinese


def draw(data: ChartData, canvas: Canvas) -> Markup:
    """Return the chart: the verbs as columns, the actors as rows, under those who had them act."""
    chart = Directives(data, canvas)
    headings, y = _headings(chart)
    parts = [headings]
    for prompter, pairs in chart.rows.items():
        name, language = chart.name("prompted_by", prompter)
        title = data.message("directives_by", name=name) if prompter else name
        lines = wrap(title, 13, canvas.width)
        heading = text_lines(0, y + 22, lines, "quiet", font_weight="600", lang=language)
        parts += [line(0, y, canvas.width, y), heading]
        y += 15 + line_height(13) * len(lines)
        for pair in pairs:
            row, height = _row(chart, pair, y)
            parts.append(row)
            y += height
        y += 8
    return canvas.svg(y, data.message("directives_title"), data.language, *parts)


def _headings(chart: Directives) -> tuple[Markup, float]:
    """Return the names of the verbs, each with its number of measures, and their height."""
    labels = []
    narrow = chart.canvas.narrow
    size, step = (11, 15) if narrow else (13, 17)
    names = [
        wrap(chart.data.label("directive", code), size, chart.pitch * (1.8 if narrow else 1)) for code in chart.codes
    ]
    tallest = max(map(len, names), default=1)
    # On a narrow canvas a name is wider than its column, so every other one stands a row above.
    rows = tallest * (2 if narrow else 1)
    for column, (code, lines) in enumerate(zip(chart.codes, names, strict=True)):
        foot = rows - (tallest if narrow and column % 2 else 0) - len(lines)
        labels.append(text_lines(chart.x(column), 18 + step * foot, lines, size=size, text_anchor="middle"))
        count = sum(number for (_, _, found), number in chart.counts.items() if found == code)
        labels.append(text(chart.x(column), 18 + step * rows, str(count), "quiet", 12, text_anchor="middle"))
    return element("g", *labels), 30 + step * rows


def _row(chart: Directives, pair: Pair, y: float) -> tuple[Markup, float]:
    """Return an actor with a dot for each verb, linked to the measures, and the height of the row."""
    prompter, actor = pair
    name, language = chart.name("actor", actor)
    narrow = chart.canvas.narrow
    lines = wrap(name, 13, chart.canvas.width if narrow else chart.left - 16)
    label, text_height = text_lines(0, y + 18, lines, lang=language), line_height(13) * len(lines)
    middle = y + (text_height + 18 if narrow else 14)
    dots = [
        _dot(chart, actor, code, count, chart.x(column), middle)
        for column, code in enumerate(chart.codes)
        if (count := chart.counts[prompter, actor, code])
    ]
    return element("g", label, *dots), text_height + 34 if narrow else max(28, text_height + 10)


def _dot(chart: Directives, actor: str | None, code: str, count: int, x: float, y: float) -> Markup:
    data = chart.data
    title = data.message("directives_dot", verb=data.label("directive", code), count=count)
    dot = circle(x, y, chart.unit_radius * sqrt(count), "second")
    if actor is None:
        return group(title, dot)
    area = rect(x - 14, y - 14, 28, 28, "room")
    return link(data.url("/measures", ("actor", actor), ("directive", code)), title, area, dot)


def table(data: ChartData) -> Table:
    """Return every actor and verb with the number of measures."""
    chart = Directives(data, Canvas(0))
    head = [data.message(f"directives_{key}") for key in ("prompted_by", "verb", "actor", "count")]
    rows: list[list[Cell]] = []
    for prompter, pairs in chart.rows.items():
        for pair in pairs:
            for code in chart.codes:
                if count := chart.counts[prompter, pair[1], code]:
                    url = data.url("/measures", ("actor", pair[1]), ("directive", code)) if pair[1] else None
                    rows.append(
                        [
                            (_marked(*chart.name("prompted_by", prompter)), None),
                            (data.label("directive", code), None),
                            (_marked(*chart.name("actor", pair[1])), None),
                            (str(count), url),
                        ]
                    )
    return Table(head, rows)


def _marked(name: str, language: str | None) -> str:
    return element("span", name, lang=language)


def finding(data: ChartData) -> str:
    """Return in how many measures somebody is made to act."""
    directed = len(Directives(data, Canvas(0)).measures)
    measures = sum(statement["measure"] is not None for statement in data.statements)
    return data.message("directives_finding", directed=directed, measures=measures)

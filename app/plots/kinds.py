"""Which problems got rules and which got meetings: issues by kinds of measures, a dot for each pair that there is."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from markupsafe import Markup

from app.models.category import CategoryRow
from app.models.issue import IssueRow
from app.plots.matter import Matter, Table
from app.plots.svg import Paper, box, breadth, dot, link, node, rule, shortened, titled, words

# The kinds that the question is about come first, and in colours of their own.
ASKED = {"meeting": "first", "rule_made": "second", "rule_revised": "second"}


@dataclass(frozen=True)
class Grid:
    """Where the rows and columns of one drawing are."""

    matter: Matter
    paper: Paper

    @cached_property
    def counts(self) -> Counter[tuple[int, str]]:
        """How many measures of a kind an issue has."""
        return Counter((s.issue_number, s.kind) for s in self.matter.statements if s.kind)

    @cached_property
    def kinds(self) -> list[str]:
        codes = self.matter.labels["measure_kind"]
        return [code for code in ASKED if code in codes] + [code for code in codes if code not in ASKED]

    @property
    def left(self) -> float:
        return 30 if self.paper.narrow else 286

    @property
    def pitch(self) -> float:
        return (self.paper.width - self.left - 8) / len(self.kinds)

    @property
    def step(self) -> float:
        """The height of an issue's row; on narrow paper its label takes a line of it."""
        return 40 if self.paper.narrow else 25

    @cached_property
    def top(self) -> float:
        """The height of the column heads, which are set upright."""
        longest = max(breadth(self.matter.term("measure_kind", kind), 12) for kind in self.kinds)
        return longest * (1.1 if self.matter.lang == "zh" else 1) + 34

    def x(self, column: int) -> float:
        return self.left + self.pitch * (column + 0.5)


def draw(matter: Matter, paper: Paper) -> Markup:
    grid = Grid(matter, paper)
    parts, y = [_heads(grid)], grid.top
    for category in matter.categories:
        issues = [issue for issue in matter.issues if issue.category_number == category.number]
        parts.append(_category(grid, category, y))
        parts += [_row(grid, issue, y + 30 + grid.step * place) for place, issue in enumerate(issues)]
        y += 30 + grid.step * len(issues) + 6
    return paper.sheet(y, matter.said("kinds_title"), matter.lang, _bands(grid, y), *parts)


def _bands(grid: Grid, height: float) -> Markup:
    asked = [column for column, kind in enumerate(grid.kinds) if kind in ASKED]
    bands = [box(grid.x(column) - grid.pitch / 2 + 1, 0, grid.pitch - 2, height, "band") for column in asked]
    return node("g", *bands)


def _heads(grid: Grid) -> Markup:
    return node("g", *(_head(grid, column, kind) for column, kind in enumerate(grid.kinds)))


def _head(grid: Grid, column: int, kind: str) -> Markup:
    """A kind's name, set upright, over the number of issues that have it."""
    x, bottom = grid.x(column), grid.top - 26
    issues = sum(1 for _, found in grid.counts if found == kind)
    name, look = grid.matter.term("measure_kind", kind), ASKED.get(kind, "ink")
    if grid.matter.lang == "zh":
        upright = {"writing_mode": "vertical-rl", "text_anchor": "end"}
        label = words(x, bottom, name, look, 12, **upright)
    else:
        label = words(x + 4, bottom, name, look, 12, transform=f"rotate(-90 {x + 4:.1f} {bottom:.1f})")
    href = grid.matter.to(f"/measures?kind={kind}")
    count = words(x, grid.top - 8, str(issues), "quiet", 11, text_anchor="middle")
    return link(href, grid.matter.said("kinds_column", kind=name, issues=issues), label, count)


def _category(grid: Grid, category: CategoryRow, y: float) -> Markup:
    title = grid.matter.either(category.title, category.title_en)
    shown = shortened(title, 12, grid.paper.width if grid.paper.narrow else grid.left - 14)
    label = words(0, y + 21, shown, "quiet", 12, font_weight="600")
    return titled(title, rule(0, y, grid.paper.width, y), label)


def _row(grid: Grid, issue: IssueRow, y: float) -> Markup:
    """An issue with its dots. On narrow paper dots are too near each other to be aimed at: the row is one link."""
    found = [(column, kind, grid.counts[issue.number, kind]) for column, kind in enumerate(grid.kinds)]
    dots = [_dot(grid, issue, column, kind, count, y) for column, kind, count in found if count]
    name = f"{issue.number} {grid.matter.problem(issue)}"
    href = grid.matter.to(f"/issues/{issue.number}")
    if grid.paper.narrow:
        return link(href, name, box(0, y, grid.paper.width, grid.step, "room"), _label(grid, issue, y), *dots)
    return node("g", link(href, name, box(0, y, grid.left - 8, grid.step, "room"), _label(grid, issue, y)), *dots)


def _label(grid: Grid, issue: IssueRow, y: float) -> Markup:
    size, room = 12, grid.paper.width - 24 if grid.paper.narrow else grid.left - 38
    number = words(18, y + 17, str(issue.number), "quiet", size, text_anchor="end")
    return node("g", number, words(24, y + 17, shortened(grid.matter.problem(issue), size, room), "ink", size))


def _dot(grid: Grid, issue: IssueRow, column: int, kind: str, count: int, y: float) -> Markup:
    """A dot whose area is the number of measures."""
    middle = y + (30 if grid.paper.narrow else grid.step / 2)
    mark = dot(grid.x(column), middle, min(3.6 * sqrt(count), grid.pitch / 2), ASKED.get(kind, "plain"))
    name = _said(grid.matter, issue, kind, count)
    if grid.paper.narrow:
        return titled(name, mark)
    room = box(grid.x(column) - grid.pitch / 2, y, grid.pitch, grid.step, "room")
    return link(_measures(grid.matter, issue, kind), name, room, mark)


def _said(matter: Matter, issue: IssueRow, kind: str, count: int) -> str:
    return matter.said("kinds_dot", number=issue.number, kind=matter.term("measure_kind", kind), count=count)


def _measures(matter: Matter, issue: IssueRow, kind: str) -> str:
    return matter.to(f"/measures?issue={issue.number}&kind={kind}")


def table(matter: Matter) -> Table:
    """Issues by kinds, with the number of measures in each cell."""
    grid = Grid(matter, Paper(0))
    head = [matter.said("issue"), *(matter.term("measure_kind", kind) for kind in grid.kinds)]
    rows = []
    for issue in matter.issues:
        cells = [(kind, grid.counts[issue.number, kind]) for kind in grid.kinds]
        label = (f"{issue.number} {matter.problem(issue)}", matter.to(f"/issues/{issue.number}"))
        rows.append([label, *((str(n), _measures(matter, issue, kind)) if n else ("", None) for kind, n in cells)])
    return Table(head, rows)

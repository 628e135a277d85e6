"""Which problems got rules and which got meetings: issues by kinds of measures, a dot for each pair that there is."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from markupsafe import Markup

from app.pages.plots.data import Cell, Matter, Record, Table
from app.pages.plots.svg import Paper, box, breadth, dot, link, node, rule, shortened, titled, words

# The kinds that the question is about come first, and in colours of their own.
ASKED = {"meeting": "first", "rule_made": "second", "rule_revised": "second"}
_HEADING = 34  # the height of a category's title over its rows


@dataclass(frozen=True)
class Grid:
    """Where the rows and columns of one drawing are."""

    matter: Matter
    paper: Paper

    @cached_property
    def counts(self) -> Counter[tuple[int, str]]:
        """How many measures of a kind an issue has."""
        return Counter((s["issue_number"], s["kind"]) for s in self.matter.statements if s["kind"])

    @cached_property
    def kinds(self) -> list[str]:
        codes = self.matter.labels["measure_kind"]
        return [code for code in ASKED if code in codes] + [code for code in codes if code not in ASKED]

    @property
    def left(self) -> float:
        return 26 if self.paper.narrow else 320

    @property
    def pitch(self) -> float:
        return (self.paper.width - self.left) / len(self.kinds)

    @property
    def step(self) -> float:
        """The height of an issue's row; on narrow paper its label takes a line of it."""
        return 42 if self.paper.narrow else 26

    @cached_property
    def top(self) -> float:
        """The height of the column heads, which are set upright."""
        longest = max(breadth(self.matter.term("measure_kind", kind), 13) for kind in self.kinds)
        return longest * (1.1 if self.matter.lang == "zh" else 1) + 34

    def x(self, column: int) -> float:
        return self.left + self.pitch * (column + 0.5)

    def height(self, issues: list[Record]) -> float:
        return _HEADING + self.step * len(issues) + 10


def draw(matter: Matter, paper: Paper) -> Markup:
    grid = Grid(matter, paper)
    parts, y = [_heads(grid)], grid.top
    for category in matter.categories:
        issues = matter.under(category)
        parts.append(_category(grid, category, issues, y))
        y += grid.height(issues)
    return paper.sheet(y, matter.say("kinds_title"), matter.lang, *parts)


def _bands(grid: Grid, y: float, height: float) -> list[Markup]:
    """A ground for the columns that are asked about."""
    asked = [column for column, kind in enumerate(grid.kinds) if kind in ASKED]
    return [box(grid.x(column) - grid.pitch / 2 + 1, y, grid.pitch - 2, height, "band") for column in asked]


def _heads(grid: Grid) -> Markup:
    heads = [_head(grid, column, kind) for column, kind in enumerate(grid.kinds)]
    return node("g", *_bands(grid, 0, grid.top), *heads, *_key(grid))


def _key(grid: Grid) -> list[Markup]:
    """What the dots' sizes mean, where wide paper leaves room for it."""
    if grid.paper.narrow or not grid.counts:
        return []
    greatest = max(grid.counts.values())
    sizes = sorted({1, -(-greatest // 2), greatest})
    y = grid.top - 13
    dots = [dot(20 + 70 * n, y, _radius(grid, count), "plain") for n, count in enumerate(sizes)]
    said = [words(38 + 70 * n, y + 4, str(count), "quiet", 12) for n, count in enumerate(sizes)]
    return [*dots, *said, words(70 * len(sizes) - 12, y + 4, grid.matter.say("kinds_key"), "quiet", 12)]


def _radius(grid: Grid, count: int) -> float:
    """A dot's area is the number of measures."""
    return min(3.8 * sqrt(count), grid.pitch / 2)


def _head(grid: Grid, column: int, kind: str) -> Markup:
    """A kind's name, set upright, over the number of issues that have it."""
    x, bottom = grid.x(column), grid.top - 26
    issues = sum(1 for _, found in grid.counts if found == kind)
    name, look = grid.matter.term("measure_kind", kind), ASKED.get(kind, "ink")
    if grid.matter.lang == "zh":
        label = words(x, bottom, name, look, writing_mode="vertical-rl", text_anchor="end")
    else:
        label = words(x + 4, bottom, name, look, transform=f"rotate(-90 {x + 4:.1f} {bottom:.1f})")
    count = words(x, grid.top - 8, str(issues), "quiet", 12, text_anchor="middle")
    return titled(grid.matter.say("kinds_column", kind=name, issues=issues), label, count)


def _category(grid: Grid, category: Record, issues: list[Record], y: float) -> Markup:
    """A category's title over the rows of its issues."""
    title = grid.matter.pick(category, "title")
    label = words(0, y + 23, shortened(title, 13, grid.paper.width), "quiet", font_weight="600")
    bands = _bands(grid, y + _HEADING, grid.step * len(issues))
    rows = [_row(grid, issue, y + _HEADING + grid.step * place) for place, issue in enumerate(issues)]
    return node("g", titled(title, rule(0, y, grid.paper.width, y), label), *bands, *rows)


def _row(grid: Grid, issue: Record, y: float) -> Markup:
    """An issue with its dots. On narrow paper dots are too near each other to be aimed at: the row is one link."""
    found = [(column, kind, grid.counts[issue["number"], kind]) for column, kind in enumerate(grid.kinds)]
    dots = [_dot(grid, issue, column, kind, count, y) for column, kind, count in found if count]
    name = f"{issue['number']} {grid.matter.problem(issue)}"
    href = grid.matter.to(f"/issues/{issue['number']}")
    width = grid.paper.width if grid.paper.narrow else grid.left - 8
    label = link(href, name, box(0, y, width, grid.step, "room"), *_label(grid, issue, y))
    return node("g", label, *dots)


def _label(grid: Grid, issue: Record, y: float) -> list[Markup]:
    room = grid.paper.width - 26 if grid.paper.narrow else grid.left - 36
    number = words(20, y + 18, str(issue["number"]), "quiet", text_anchor="end")
    return [number, words(27, y + 18, shortened(grid.matter.problem(issue), 13, room), "ink")]


def _dot(grid: Grid, issue: Record, column: int, kind: str, count: int, y: float) -> Markup:
    middle = y + (31 if grid.paper.narrow else grid.step / 2)
    mark = dot(grid.x(column), middle, _radius(grid, count), ASKED.get(kind, "plain"))
    kind_said = grid.matter.term("measure_kind", kind)
    name = grid.matter.say("kinds_dot", number=issue["number"], kind=kind_said, count=count)
    if grid.paper.narrow:
        return titled(name, mark)
    room = box(grid.x(column) - grid.pitch / 2, y, grid.pitch, grid.step, "room")
    return link(_measures(grid.matter, issue, kind), name, room, mark)


def _measures(matter: Matter, issue: Record, kind: str) -> str:
    return matter.to(f"/measures?issue={issue['number']}&kind={kind}")


def table(matter: Matter) -> Table:
    """Issues by kinds, with the number of measures in each cell."""
    grid = Grid(matter, Paper(0))
    heads = [matter.term("measure_kind", kind) for kind in grid.kinds]
    return Table([matter.say("issue"), *heads], [_cells(grid, issue) for issue in matter.issues])


def _cells(grid: Grid, issue: Record) -> list[Cell]:
    matter, counts = grid.matter, [(kind, grid.counts[issue["number"], kind]) for kind in grid.kinds]
    label = (f"{issue['number']} {matter.problem(issue)}", matter.to(f"/issues/{issue['number']}"))
    cells: list[Cell] = [(str(n), _measures(matter, issue, kind)) if n else ("", None) for kind, n in counts]
    return [label, *cells]

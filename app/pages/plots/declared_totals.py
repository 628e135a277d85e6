"""What the notice declares: each total as so many small squares, and what can be compared with it."""

from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from app.pages.plots.data import Cell, Matter, Record, Table
from app.pages.plots.figures import brief, full, heading
from app.pages.plots.svg import Paper, box, link, node, rule, words, wrapped
from app.pages.plots.unit_chart import Run, height_of, squares, worth


def draw(matter: Matter, paper: Paper) -> Markup:
    parts, y = [], 0.0
    for _, declarations in groupby(matter.declarations, lambda d: _kind(matter, d)):
        part, height = _panel(matter, paper, list(declarations), y)
        parts.append(part)
        y += height
    return paper.sheet(y, matter.say("declared_title"), matter.lang, *parts)


def _kind(matter: Matter, declaration: Record) -> tuple[str, str | None, str]:
    """What two figures must share to be drawn to one scale: the thing counted, its unit, the sort of number."""
    metric = matter.metric[declaration["metric_id"]]
    return metric["counted_code"], metric["unit_code"], metric["nature"]


def _panel(matter: Matter, paper: Paper, declarations: list[Record], y: float) -> tuple[Markup, float]:
    """The totals of one kind, to one scale."""
    metrics = [matter.metric[declaration["metric_id"]] for declaration in declarations]
    each = worth(max(abs(metric["normalized_value"]) for metric in metrics))
    title = heading(matter, _kind(matter, declarations[0]))
    said = title if each == 1 else matter.say("declared_each", title=title, each=f"{each:,}")
    parts, down = [rule(0, y, paper.width, y), words(0, y + 24, said, "quiet", font_weight="600")], 42.0
    for declaration in declarations:
        part, height = _Row(matter, paper, declaration, each).at(y + down)
        parts.append(part)
        down += height
    return node("g", *parts), down + 8


@dataclass(frozen=True)
class _Row:
    """One total: the figure as printed, what it is of, its squares, and what the record notes on comparing it."""

    matter: Matter
    paper: Paper
    declaration: Record
    each: int

    @property
    def metric(self) -> Record:
        return self.matter.metric[self.declaration["metric_id"]]

    @property
    def left(self) -> float:
        return 0 if self.paper.narrow else 160

    def at(self, y: float) -> tuple[Markup, float]:
        """The row at a height, and how high it is."""
        matter, metric, start = self.matter, self.metric, y
        number = words(0, y + 18, brief(matter, metric), "first", 19, font_weight="600")
        y += 26 if self.paper.narrow else 2
        label, y = self._lines(matter.pick(metric, "label"), "ink", 13, y)
        marks, y = self._marks(metric["normalized_value"], metric["qualifier"], "first", y + 4)
        ground = box(0, start, self.paper.width, y - start, "room")
        total = link(matter.to(f"/metrics/{metric['id']}"), full(matter, metric), ground, number, label, marks)
        beside, y = self._beside(y)
        note, y = self._lines(matter.pick(self.declaration, "note"), "quiet", 12, y)
        return node("g", total, beside, note), y - start + 16

    def _lines(self, text: str, look: str, size: int, y: float) -> tuple[Markup, float]:
        """A text in as many lines as it needs, and where they end."""
        lines, step = wrapped(text, size, self.paper.width - self.left), size + 5
        drawn = (words(self.left, y + step * (n + 1) - 2, line, look, size) for n, line in enumerate(lines))
        return node("g", *drawn), y + step * len(lines)

    def _marks(self, value: float, qualifier: str, look: str, y: float) -> tuple[Markup, float]:
        """The squares, for numbers of things; a share or a change is none."""
        if self.metric["nature"] != "level":
            return Markup(), y
        run = Run(value / self.each, qualifier, self.paper.width - self.left)
        return squares(run, self.left, y + 2, look), y + 4 + height_of(run)

    def _beside(self, y: float) -> tuple[Markup, float]:
        """What is transcribed, where it is the same thing counted."""
        if not self.declaration["comparable"]:
            return Markup(), y
        said, y = self._lines(_compared(self.matter, self.declaration), "quiet", 12, y)
        marks, y = self._marks(self.declaration["transcribed"], "exact", "plain", y + 2)
        return node("g", said, marks), y


def _compared(matter: Matter, declaration: Record) -> str:
    """What is transcribed that comes nearest to a total."""
    if declaration["counted_as"] is None:
        return matter.say("declared_alone")
    thing = matter.term("counted_as", declaration["counted_as"])
    key = "declared_same" if declaration["comparable"] else "declared_other"
    return matter.say(key, count=declaration["transcribed"], thing=thing)


def table(matter: Matter) -> Table:
    """Every total with its quote, what is transcribed, and the note on comparing them."""
    head = [matter.say(key) for key in ("label", "value", "declared_transcribed", "remark")]
    rows: list[list[Cell]] = []
    for declaration in matter.declarations:
        metric = matter.metric[declaration["metric_id"]]
        value = (brief(matter, metric), matter.to(f"/metrics/{metric['id']}"))
        note = matter.pick(declaration, "note")
        rows.append([(matter.pick(metric, "label"), None), value, (_compared(matter, declaration), None), (note, None)])
    return Table(head, rows)

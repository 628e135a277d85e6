"""How large: figures that count the same thing in the same unit, as bars from nought, each kind to its own scale."""

from dataclasses import dataclass

from markupsafe import Markup

from app.pages.plots.bars import bar
from app.pages.plots.chips import flow
from app.pages.plots.data import Cell, Matter, Record, Table
from app.pages.plots.figures import brief, full, heading
from app.pages.plots.svg import Paper, box, breadth, link, node, rule, shortened, words

Kind = tuple[str, str | None, str]


def kinds(matter: Matter) -> dict[Kind, list[Record]]:
    """Figures that may stand on one axis: of one thing counted, unit and nature; one printed twice once."""
    found: dict[Kind, list[Record]] = {}
    for metric in matter.metrics:
        if metric["same_as"] is None:
            kind = metric["counted_code"], metric["unit_code"], metric["nature"]
            found.setdefault(kind, []).append(metric)
    return found


def draw(matter: Matter, paper: Paper) -> Markup:
    parts, alone, y = [], [], 0.0
    for kind, metrics in kinds(matter).items():
        if len(metrics) == 1:
            alone += metrics
            continue
        parts.append(_panel(matter, paper, kind, metrics, y))
        y += _Rows(paper).height(metrics)
    chips, height = flow(matter, alone, 0, y + 40, paper.width)
    rest = words(0, y + 24, matter.say("sizes_alone"), "quiet", font_weight="600")
    parts.append(node("g", rule(0, y, paper.width, y), rest, *chips))
    return paper.sheet(y + 40 + height, matter.say("sizes_title"), matter.lang, *parts)


@dataclass(frozen=True)
class _Rows:
    """Where the rows of a panel are."""

    paper: Paper

    @property
    def step(self) -> int:
        return 44 if self.paper.narrow else 28

    @property
    def left(self) -> float:
        return 0 if self.paper.narrow else 320

    def height(self, metrics: list[Record]) -> float:
        return 36 + self.step * len(metrics) + 12


def _panel(matter: Matter, paper: Paper, kind: Kind, metrics: list[Record], y: float) -> Markup:
    title = words(0, y + 24, heading(matter, kind), "quiet", font_weight="600")
    most = max(abs(metric["normalized_value"]) for metric in metrics)
    scale = 100 if kind[1] == "percent" and kind[2] == "share" else most
    rows = _Rows(paper)
    lines = [_row(matter, rows, metric, scale, y + 36 + rows.step * n) for n, metric in enumerate(metrics)]
    return node("g", rule(0, y, paper.width, y), title, *lines)


def _row(matter: Matter, rows: _Rows, metric: Record, scale: float, y: float) -> Markup:
    paper, value = rows.paper, brief(matter, metric)
    room = paper.width if paper.narrow else rows.left - 16
    label = words(0, y + 17, shortened(matter.pick(metric, "label"), 13, room))
    top = y + (23 if paper.narrow else 6)
    longest = paper.width - rows.left - 30 - breadth(value, 13)
    mark, end = bar(metric["qualifier"], rows.left, top, longest * abs(metric["normalized_value"]) / scale)
    said = words(end + 6, top + 12, value, font_weight="600")
    ground = box(0, y, paper.width, rows.step, "room")
    return link(matter.to(f"/metrics/{metric['id']}"), full(matter, metric), ground, label, mark, said)


def table(matter: Matter) -> Table:
    """Every figure by what it counts, with its bounds."""
    head = [matter.say(key) for key in ("sizes_kind", "label", "value", "sizes_lower", "sizes_upper")]
    rows: list[list[Cell]] = []
    for kind, metrics in kinds(matter).items():
        for metric in metrics:
            value = (brief(matter, metric), matter.to(f"/metrics/{metric['id']}"))
            bounds = [(_bound(matter, metric[side]), None) for side in ("lower", "upper")]
            rows.append([(heading(matter, kind), None), (matter.pick(metric, "label"), None), value, *bounds])
    return Table(head, rows)


def _bound(matter: Matter, bound: float | None) -> str:
    return matter.say("sizes_unknown") if bound is None else f"{bound:,}"

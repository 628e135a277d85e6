"""When a figure is of: every figure under the period that its own sentence states, or under none."""

from datetime import date

from markupsafe import Markup

from app.pages.plots.chips import flow
from app.pages.plots.data import Cell, Matter, Record, Table
from app.pages.plots.figures import brief, period
from app.pages.plots.svg import Paper, node, rule, words

# What has no date comes after all that has.
_LAST = date.max.isoformat()


def groups(matter: Matter) -> dict[str, list[Record]]:
    """Figures by the words of their period: dated ones in time's order, then words without a date, then none."""
    found: dict[str | None, list[Record]] = {}
    for metric in matter.metrics:
        found.setdefault(metric["period_text"], []).append(metric)
    ordered = sorted(found.items(), key=lambda group: (group[0] is None, _day(group[1][0])))
    return {words or matter.say("period_unstated"): metrics for words, metrics in ordered}


def _day(metric: Record) -> str:
    return metric["period_start"] or metric["period_end"] or _LAST


def draw(matter: Matter, paper: Paper) -> Markup:
    parts, y = [], 0.0
    for name, metrics in groups(matter).items():
        part, height = _group(matter, paper, name, metrics, y)
        parts.append(part)
        y += height
    return paper.sheet(y, matter.say("periods_title"), matter.lang, *parts)


def _group(matter: Matter, paper: Paper, name: str, metrics: list[Record], y: float) -> tuple[Markup, float]:
    """One period: its words and how many figures, beside the chips or over them."""
    left, down = (0, 58) if paper.narrow else (170, 12)
    chips, height = flow(matter, metrics, left, y + down, paper.width - left)
    dated = _day(metrics[0]) != _LAST
    title = words(0, y + 29, name, "ink" if dated else "quiet", 14, font_weight="600", lang=_tongue(matter, metrics[0]))
    below = words(0, y + 47, _below(matter, metrics, dated), "quiet", 12)
    return node("g", rule(0, y, paper.width, y), title, below, *chips), max(down + height, 62) + 8


def _tongue(matter: Matter, metric: Record) -> str | None:
    """The notice's own words are Chinese on an English page too."""
    return "zh-CN" if metric["period_text"] and matter.lang == "en" else None


def _below(matter: Matter, metrics: list[Record], dated: bool) -> str:
    """How many figures, and what the words for the period leave open."""
    said = [matter.say("periods_count", count=len(metrics))]
    if metrics[0]["period_text"]:
        said += [matter.term("period_kind", metrics[0]["period_kind"])] if matter.lang == "en" else []
        said += [] if dated else [matter.say("periods_undated")]
    return " · ".join(said)


def table(matter: Matter) -> Table:
    """Every figure with its period."""
    head = [matter.say("period"), matter.say("value"), matter.say("label")]
    rows: list[list[Cell]] = []
    for metrics in groups(matter).values():
        for metric in metrics:
            page, label = matter.to(f"/metrics/{metric['id']}"), matter.pick(metric, "label")
            said = node("span", period(matter, metric), lang=_tongue(matter, metric))
            rows.append([(said, None), (brief(matter, metric), page), (label, None)])
    return Table(head, rows)

"""Plots: pictures of one notice, each the answer to a question that is asked of it; data in, SVG out."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from app.pages.plots import declared_totals, magnitudes, measure_kinds, periods, statement_strip
from app.pages.plots.data import Matter, Table
from app.pages.plots.svg import Paper


@dataclass(frozen=True)
class Plot:
    """A picture, the table of what it shows, and the address of the data that it mainly shows."""

    draw: Callable[[Matter, Paper], Markup]
    table: Callable[[Matter], Table]
    data: str


PLOTS = {
    "kinds": Plot(measure_kinds.draw, measure_kinds.table, "/measures"),
    "strip": Plot(statement_strip.draw, statement_strip.table, "/statements"),
    "periods": Plot(periods.draw, periods.table, "/metrics"),
    "declared": Plot(declared_totals.draw, declared_totals.table, "/reconciliation"),
    "sizes": Plot(magnitudes.draw, magnitudes.table, "/metrics"),
}

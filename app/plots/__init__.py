"""Plots: pictures of one notice, each the answer to a question that is asked of it; data in, SVG out."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from app.plots import declared, kinds, periods, sizes, strip
from app.plots.matter import Matter, Table
from app.plots.svg import Paper


@dataclass(frozen=True)
class Plot:
    """A picture, the table of what it shows, and the address of the data that it mainly shows."""

    draw: Callable[[Matter, Paper], Markup]
    table: Callable[[Matter], Table]
    data: str


PLOTS = {
    "kinds": Plot(kinds.draw, kinds.table, "/measures"),
    "strip": Plot(strip.draw, strip.table, "/statements"),
    "periods": Plot(periods.draw, periods.table, "/metrics"),
    "declared": Plot(declared.draw, declared.table, "/reconciliation"),
    "sizes": Plot(sizes.draw, sizes.table, "/metrics"),
}

"""Charts of one notice: each is a function from the notice's records to SVG, and another one to a table."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from app.pages.plots import declared_totals, directives, magnitudes, measure_kinds, periods, statement_strip
from app.pages.plots.data import ChartData, Table
from app.pages.plots.svg import Canvas


@dataclass(frozen=True)
class Plot:
    """A chart, the sentence and the table of what it shows, and the path in the API of what it mainly shows."""

    draw: Callable[[ChartData, Canvas], Markup]
    table: Callable[[ChartData], Table]
    finding: Callable[[ChartData], str]
    source: str


PLOTS = {
    "kinds": Plot(measure_kinds.draw, measure_kinds.table, measure_kinds.finding, "/measures"),
    "directives": Plot(directives.draw, directives.table, directives.finding, "/measures"),
    "strip": Plot(statement_strip.draw, statement_strip.table, statement_strip.finding, "/statements"),
    "periods": Plot(periods.draw, periods.table, periods.finding, "/metrics"),
    "declared": Plot(declared_totals.draw, declared_totals.table, declared_totals.finding, "/reconciliation"),
    "sizes": Plot(magnitudes.draw, magnitudes.table, magnitudes.finding, "/metrics"),
}

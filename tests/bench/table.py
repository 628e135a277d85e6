"""Tables as Markdown writes them."""

from collections.abc import Sequence

Cell = str | int | float | None


def markdown(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A table. What is nothing is a dash; the first column stands left, numbers stand right."""
    lines = [list(columns), ["---", *["---:"] * (len(columns) - 1)], *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: Cell) -> str:
    """Three digits are as many as a measurement is worth."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else value

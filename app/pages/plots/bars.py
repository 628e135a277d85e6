"""Bars: a number from nought to where it stands, and a bound that is drawn as one."""

from markupsafe import Markup

from app.pages.plots.svg import box, node, shape

HEIGHT = 14
_ARROW = 20


def bar(qualifier: str, x: float, y: float, length: float) -> tuple[Markup, float]:
    """The bar, and where it ends: filled to a number, dashed up to one not reached, open where about."""
    wide = max(length, 1.5) if length else 0.0
    if qualifier == "exact":
        return box(x, y, wide, HEIGHT, "first"), x + wide
    if qualifier in ("more_than", "at_least"):
        return node("g", box(x, y, wide, HEIGHT, "first"), _arrow(x + wide, y)), x + wide + _ARROW
    outline = f"M{x + wide:.1f} {y:g}H{x:g}v{HEIGHT}h{wide:.1f}"
    if qualifier == "about":
        return shape("path", "open", d=outline), x + wide
    edge = shape("path", "open", d=f"M{x + wide:.1f} {y - 2:g}v{HEIGHT + 4}")
    return node("g", shape("path", "open", d=outline, stroke_dasharray="3 3"), edge), x + wide


def _arrow(x: float, y: float) -> Markup:
    """An arrow that leaves the end open."""
    middle = y + HEIGHT / 2
    return shape("path", "open", d=f"M{x:.1f} {middle:g}h{_ARROW - 3}m-6 -5l6 5l-6 5")

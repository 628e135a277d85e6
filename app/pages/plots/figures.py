"""Figures as short texts, as printed in Chinese and as a number with its bound and unit in English, and as chips."""

from markupsafe import Markup

from app.models.metric import CLASSIFIERS
from app.pages.plots.data import ChartData, Record
from app.pages.plots.svg import line_height, link, rect, text, text_lines, text_width, wrap
from app.pages.quantities import english_number, english_quantity

# The bound that a qualifier sets, before the number.
SIGNS = {"exact": "", "more_than": "> ", "at_least": "≥ ", "less_than": "< ", "at_most": "≤ ", "about": "≈ "}

# What figures share that may be drawn to one scale: the code of what is counted, the unit, the nature of the number.
Kind = tuple[str, str | None, str]

_CHIP_HEIGHT = 26
_CHIP_STEP = 32  # from one line of chips to the next


def kind_of(metric: Record) -> Kind:
    return metric["counted_code"], metric["unit_code"], metric["nature"]


def value_text(data: ChartData, metric: Record) -> str:
    """Return a figure for a mark whose label tells what is counted: 40余项, or > 40."""
    unit = metric["unit_code"]
    if data.language == "en" and (unit is None or unit in CLASSIFIERS):
        return _signed_number(metric)
    return quantity_text(data, metric)


def quantity_text(data: ChartData, metric: Record) -> str:
    """Return a figure that stands alone: 40余项, or > 40 instances of cooperation."""
    if data.language == "zh":
        return _sign(metric) + str(metric["value_text"])
    return english_quantity(metric, _signed_number(metric), metric["normalized_value"], data.label)


def _sign(metric: Record) -> str:
    """Return the sign of a change, so that it does not look like a total."""
    return {"increase": "+", "decrease": "\N{MINUS SIGN}"}.get(metric["direction"], "")


def _signed_number(metric: Record) -> str:
    value = abs(metric["normalized_value"]) if metric["direction"] else metric["normalized_value"]
    if metric["qualifier"] == "between":
        first, last = sorted((abs(metric["lower"]), abs(metric["upper"])))
        return f"{_sign(metric)}{english_number(first)}–{english_number(last)}"
    return f"{_sign(metric)}{SIGNS[metric['qualifier']]}{english_number(value)}"


def kind_text(data: ChartData, kind: Kind) -> str:
    """Return what is counted, the unit, and the nature of the numbers unless they are levels."""
    counted, unit, nature = kind
    omitted = unit in CLASSIFIERS and data.language == "en"
    units = [] if omitted else [data.label("unit", unit) if unit else data.message("no_unit")]
    natures = [data.label("nature", nature)] if nature != "level" else []
    return " · ".join([data.label("counted", counted), *units, *natures])


def full_text(data: ChartData, metric: Record) -> str:
    """Return a figure with what it is and its period, as the accessible name of its mark."""
    label = data.localized(metric, "label")
    return data.message("figure", label=label, value=quantity_text(data, metric), period=_period(data, metric))


def _period(data: ChartData, metric: Record) -> str:
    """Return a figure's period in the page's language: as printed, or as dates, since a name can't mark Chinese."""
    if data.language == "zh" or not metric["period_text"]:
        return period_text(data, metric)
    dates = dict.fromkeys(day for day in (metric["period_start"], metric["period_end"]) if day)
    if not dates:
        return data.message("periods_undated")
    return f"{data.label('period_kind', metric['period_kind'])} {'–'.join(dates)}"


def period_text(data: ChartData, metric: Record) -> str:
    """Return the printed words of a figure's period, or that none is stated; a year in a name is given as one."""
    if metric["period_kind"] == "named":
        return data.message("period_named", words=metric["period_text"], kind=data.label("period_kind", "named"))
    return metric["period_text"] or data.message("period_unstated")


def chips(data: ChartData, metrics: list[Record], x: float, y: float, width: float) -> tuple[list[Markup], float]:
    """Return figures as chips that wrap at a width, each linked to its record, and the height of the lines."""
    drawn, offset, top, height = [], 0.0, 0.0, 0.0
    for metric in metrics:
        value, noun = value_text(data, metric), data.localized(metric, "counted")
        left = text_width(value, 13) + 16
        lines = wrap(noun, 12, width - left - 8)
        chip_width = left + 8 + max(text_width(line, 12) for line in lines)
        if offset and offset + chip_width > width:
            offset, top, height = 0.0, top + height, 0.0
        area = rect(x + offset, y + top, chip_width, _CHIP_HEIGHT + line_height(12) * (len(lines) - 1), "band", rx=4)
        number = text(x + offset + 8, y + top + 18, value, font_weight="600")
        nouns = text_lines(x + offset + left, y + top + 18, lines, "quiet", 12)
        drawn.append(link(data.metric_url(metric), full_text(data, metric), area, number, nouns))
        height = max(height, _CHIP_STEP + line_height(12) * (len(lines) - 1))
        offset += chip_width + 6
    return drawn, top + height

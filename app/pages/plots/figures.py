"""Figures in few words: as printed for a reader of Chinese, as a number with its bound and unit for one of English."""

from app.pages.plots.data import Matter, Record

# Before a number, where its words bound it.
SIGNS = {"exact": "", "more_than": "> ", "at_least": "≥ ", "less_than": "< ", "at_most": "≤ ", "about": "≈ "}
# Units that only make a noun countable (项, 个, 家): English counts without them.
CLASSIFIERS = {"item", "article", "piece", "organization", "occurrence", "case", "incident", "person"}
CLASSIFIERS |= {"sheet", "example", "tier"}
INVARIABLE = {"yuan", "mu"}


def brief(matter: Matter, metric: Record) -> str:
    """A figure for a label: 40余项, or > 40. A rise or fall has its sign, so that it is not taken for a total."""
    sign = {"increase": "+", "decrease": "\N{MINUS SIGN}"}.get(metric["direction"], "")
    return sign + (metric["value_text"] if matter.lang == "zh" else _english(matter, metric))


def _english(matter: Matter, metric: Record) -> str:
    value = abs(metric["normalized_value"]) if metric["direction"] else metric["normalized_value"]
    number, unit = f"{SIGNS[metric['qualifier']]}{value:,}", metric["unit_code"]
    if unit is None or unit in CLASSIFIERS:
        return number
    if unit == "percent":
        return f"{number}%"
    return f"{number} {matter.term('unit', unit)}{'' if unit in INVARIABLE or value == 1 else 's'}"


def heading(matter: Matter, kind: tuple[str, str | None, str]) -> str:
    """What is counted, in which unit, and the nature of the numbers where they are no plain levels."""
    counted, unit, nature = kind
    silent = unit in CLASSIFIERS and matter.lang == "en"
    units = [] if silent else [matter.term("unit", unit) if unit else matter.say("no_unit")]
    natures = [matter.term("nature", nature)] if nature != "level" else []
    return " · ".join([matter.term("counted", counted), *units, *natures])


def full(matter: Matter, metric: Record) -> str:
    """A figure with what it is of and when: for those who point at its mark or hear it."""
    return matter.say(
        "figure", label=matter.pick(metric, "label"), value=brief(matter, metric), period=period(matter, metric)
    )


def period(matter: Matter, metric: Record) -> str:
    """The period in the words that state it, or that none is stated."""
    return metric["period_text"] or matter.say("period_unstated")

"""Figures in few words: as printed for a reader of Chinese, as a number with its bound and unit for one of English."""

from app.models.metric import MetricRow
from app.plots.matter import Matter

# Before a number, where its words bound it.
SIGNS = {"exact": "", "more_than": "> ", "at_least": "≥ ", "less_than": "< ", "at_most": "≤ ", "about": "≈ "}

# Units that only make a noun countable (项, 个, 家): English counts without them.
CLASSIFIERS = {"item", "article", "piece", "organization", "occurrence", "case", "incident", "person", "sheet", "example"}


def brief(matter: Matter, metric: MetricRow) -> str:
    """A figure for a label: 40余项, or > 40 items."""
    return metric.value_text if matter.lang == "zh" else f"{SIGNS[metric.qualifier]}{_english(matter, metric)}"


def _english(matter: Matter, metric: MetricRow) -> str:
    number = f"{metric.normalized_value:,}"
    if metric.unit_code is None or metric.unit_code in CLASSIFIERS:
        return number
    return f"{number} {matter.term('unit', metric.unit_code)}".replace(" percent", "%", 1)


def full(matter: Matter, metric: MetricRow) -> str:
    """A figure with what it is of and when: for those who point at its mark or hear it."""
    colon = matter.said("colon")
    return f"{matter.either(metric.label, metric.label_en)}{colon}{brief(matter, metric)} ({period(matter, metric)})"


def period(matter: Matter, metric: MetricRow) -> str:
    """The period in the words that state it, or that none is stated."""
    return metric.period_text or matter.said("period_unstated")

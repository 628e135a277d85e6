"""The filters of a list: their values with the number of records for each, labelled in the page's language."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.pages.context import PageContext
from app.pages.language import LANGUAGES

# Vocabularies by the parameters that take their codes, where the names differ.
Vocabularies = Mapping[str, str]
_SHOWN = 8  # values before the others are folded away


class Label(NamedTuple):
    """A text to show; `chinese` where it is Chinese on every page, such as the printed name of an actor."""

    text: str
    chinese: bool = False


class FilterValue(NamedTuple):
    """A value of a filter; `records` is how many the list has with the other filters and this value."""

    value: str
    label: Label
    records: int
    checked: bool


class Filter(NamedTuple):
    """A filter with the values that are shown at once and those that are folded away."""

    name: str
    shown: list[FilterValue]
    folded: list[FilterValue]

    @property
    def useful(self) -> bool:
        """Whether there is a choice: more than one value, or a checked one to uncheck."""
        return len(self.shown) > 1 or any(value.checked for value in self.shown)


def build_filter(
    page: PageContext, name: str, facet: list[dict[str, Any]], selected: list[str], vocabularies: Vocabularies
) -> Filter:
    """Return a filter with the values of a facet, and the selected ones that it does not have; checked values first."""
    counts = {str(entry["value"]): entry["count"] for entry in facet}
    counts |= {value: 0 for value in selected if value not in counts}
    labelled = ((value, parameter_label(page, name, value, vocabularies), count) for value, count in counts.items())
    values = [FilterValue(value, label, count, value in selected) for value, label, count in labelled]
    # Categories and issues are numbered: they stand in the notice's order, other values with the commonest first.
    if all(value.value.isdigit() for value in values):
        values.sort(key=lambda value: int(value.value))
    values.sort(key=lambda value: not value.checked)
    shown = max(_SHOWN, len(selected))
    return Filter(name, values[:shown], values[shown:])


def parameter_label(page: PageContext, name: str, value: str, vocabularies: Vocabularies) -> Label:
    """Return how a value of a parameter is shown in the page's language.

    It is the first that exists of: a message of the pages (`has_metrics_true`), the label of a code, the title of a
    category, an issue or a section, and the value itself.
    """
    code_label = _translated(page, page.catalog.labels.get(vocabularies.get(name, name), {}).get(value))
    text = page.messages.get(f"{name}_{value}") or code_label or _title(page, name, value)
    return Label(text) if text else Label(value, chinese=name in ("q", "actor"))


def _title(page: PageContext, name: str, value: str) -> str | None:
    """Return the title of the record that a value names, after its number if it has one."""
    titles = page.catalog.titles(name, page.notice or page.catalog.default)
    numbered = value.isdigit()
    title = _translated(page, titles.get(int(value) if numbered else value))
    return f"{value}. {title}" if title and numbered else title


def _translated(page: PageContext, texts: tuple[str, str] | None) -> str | None:
    return (texts[LANGUAGES.index(page.language)] or texts[0]) if texts else None

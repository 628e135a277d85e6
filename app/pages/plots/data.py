"""What plots are drawn from: one notice's records as the API gives them, the language, and where each has its page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Record = dict[str, Any]
# A text with the address it leads to, or None.
Cell = tuple[str, str | None]


@dataclass(frozen=True)
class Table:
    """What a plot shows, to be read: column heads, and rows of cells."""

    head: list[str]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Matter:
    """One notice. `to` turns a record's path into its page's address; `statements` that are measures have a `kind`."""

    lang: str
    words: Mapping[str, str]
    to: Callable[[str], str]
    labels: Mapping[str, Mapping[str, tuple[str, str]]]
    categories: list[Record]
    issues: list[Record]
    statements: list[Record]
    metrics: list[Record]
    declarations: list[Record]

    def pick(self, record: Record, field: str) -> str:
        """A field of ours in the language: `label` or `label_en`."""
        text: str = (record[f"{field}_en"] if self.lang == "en" else None) or record[field]
        return text

    def term(self, vocabulary: str, code: str) -> str:
        return self.labels[vocabulary][code][self.lang == "en"]

    def say(self, key: str, **filled: object) -> str:
        """One of the plots' own sentences."""
        return self.words[f"plot_{key}"].format(**filled)

    def problem(self, issue: Record) -> str:
        """What an issue is about, in few words."""
        text: str = issue["title_en"] if self.lang == "en" else issue["problem"]
        return text

    def of(self, issue: Record) -> list[Record]:
        """An issue's statements in their order."""
        return self._by_issue.get(issue["number"], [])

    @cached_property
    def _by_issue(self) -> dict[int, list[Record]]:
        found: dict[int, list[Record]] = {}
        for statement in self.statements:
            found.setdefault(statement["issue_number"], []).append(statement)
        return found

    def under(self, category: Record) -> list[Record]:
        """A category's issues in their order."""
        return [issue for issue in self.issues if issue["category_number"] == category["number"]]

    @cached_property
    def metric(self) -> dict[str, Record]:
        return {metric["id"]: metric for metric in self.metrics}

    @cached_property
    def figures(self) -> dict[str, list[Record]]:
        """The figures printed in each statement's clause."""
        clauses = {s["id"]: [m for m in self.metrics if _within(m, s)] for s in self.statements}
        return {id: found for id, found in clauses.items() if found}


def _within(metric: Record, statement: Record) -> bool:
    inside: bool = statement["start"] <= metric["value_start"] < statement["end"]
    return inside

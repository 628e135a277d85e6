"""What charts are drawn from: the records of one notice as the API returns them, and the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

Record = dict[str, Any]
# A text with the address that it links to, or None.
Cell = tuple[str, str | None]


class PageUrl(Protocol):
    """Returns the address of a page from its path, the parameters of its query, and a fragment."""

    def __call__(self, path: str, *parameters: tuple[str, Any], fragment: str = "") -> str: ...


@dataclass(frozen=True)
class Table:
    """What a chart shows, as column headings and rows of cells."""

    head: list[str]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class ChartData:
    """One notice. Each of `statements` has a `measure`, which is None unless it is one."""

    language: str
    messages: Mapping[str, str]
    url: PageUrl
    labels: Mapping[str, Mapping[str, tuple[str, str]]]
    categories: list[Record]
    issues: list[Record]
    statements: list[Record]
    metrics: list[Record]
    declarations: list[Record]

    def localized(self, record: Record, field: str) -> str:
        """Return a field in the page's language: `label` or `label_en`, which falls back to `label`."""
        text: str = (record[f"{field}_en"] if self.language == "en" else None) or record[field]
        return text

    def label(self, vocabulary: str, code: str) -> str:
        """Return the label of a code in the page's language."""
        return self.labels[vocabulary][code][self.language == "en"]

    def message(self, key: str, **values: object) -> str:
        """Return a message of the charts, whose keys all begin with `plot_`."""
        return self.messages[f"plot_{key}"].format(**values)

    def metric_url(self, metric: Record) -> str:
        return self.url(f"/metrics/{metric['id']}")

    def issue_url(self, number: int) -> str:
        return self.url(f"/issues/{number}")

    def statement_url(self, statement: Record) -> str:
        """Return the place of a clause on the page of its issue, or in the source where it belongs to none."""
        number = statement["issue_number"]
        return self.url("/source" if number is None else f"/issues/{number}", fragment=statement["id"])

    def role_text(self, statement: Record, with_actor: bool = True) -> str:
        """Return the role of a statement, and who was made to act, if any: an ordered act is not a done act."""
        role, measure = self.label("statement_role", statement["role"]), statement["measure"]
        if not measure or not measure["directive"]:
            return role
        directive = (
            measure["directive"] if self.language == "zh" else self.label("directive", measure["directive_code"])
        )
        actor = measure["actor"] or self.messages["actor_unprinted"]
        return f"{role} · {directive}" + (f"{self.messages['directive_mark']}{actor}" if with_actor else "")

    def issue_name(self, issue: Record) -> str:
        """Return what an issue is about in few words."""
        text: str = (issue["title_en"] if self.language == "en" else None) or issue["problem"]
        return text

    def statements_of(self, issue: Record) -> list[Record]:
        """Return the statements of an issue in their order."""
        return self._statements_by_issue.get(issue["number"], [])

    @property
    def statements_outside(self) -> list[Record]:
        """The statements that belong to no issue, in their order."""
        return self._statements_by_issue.get(None, [])

    @cached_property
    def _statements_by_issue(self) -> dict[int | None, list[Record]]:
        grouped: dict[int | None, list[Record]] = {}
        for statement in self.statements:
            grouped.setdefault(statement["issue_number"], []).append(statement)
        return grouped

    @property
    def groups(self) -> list[Record]:
        """The categories that have issues, and at the end one without a title for issues that are under none."""
        groups = [*self.categories, {"number": None, "title": "", "title_en": ""}]
        return [category for category in groups if self.issues_of(category)]

    def issues_of(self, category: Record) -> list[Record]:
        """Return the issues of a category in their order."""
        return [issue for issue in self.issues if issue["category_number"] == category["number"]]

    @cached_property
    def metrics_by_id(self) -> dict[str, Record]:
        return {metric["id"]: metric for metric in self.metrics}

    @cached_property
    def metrics_by_statement(self) -> dict[str, list[Record]]:
        """The metrics printed within each statement, without the statements that have none."""
        grouped = {s["id"]: [m for m in self.metrics if _is_within(m, s)] for s in self.statements}
        return {id: metrics for id, metrics in grouped.items() if metrics}


def _is_within(metric: Record, statement: Record) -> bool:
    within: bool = statement["start"] <= metric["value_start"] < statement["end"]
    return within

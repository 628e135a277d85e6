"""What plots are drawn from: the records of one notice, the language, and where each record's page is."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from app.models.category import CategoryRow
from app.models.issue import IssueRow
from app.models.metric import MetricRow
from app.models.reconciliation import Declaration
from app.models.statement import StatementRow
from app.reader import Reader
from app.reconciling import reconciled


@dataclass(frozen=True)
class Table:
    """The same data to read: column heads, and rows of cells, each a text with the address it leads to, or None."""

    head: list[str]
    rows: list[list[tuple[str, str | None]]]


@dataclass(frozen=True)
class Matter:
    """One notice as plots need it. `to` turns the path of a record into the address of its page."""

    lang: str
    to: Callable[[str], str]
    labels: dict[str, dict[str, tuple[str, str]]]
    categories: list[CategoryRow]
    issues: list[IssueRow]
    statements: list[StatementRow]
    metrics: list[MetricRow]
    declarations: list[Declaration]

    def either(self, zh: str, en: str | None) -> str:
        return zh if self.lang == "zh" or en is None else en

    def term(self, vocabulary: str, code: str) -> str:
        return self.either(*self.labels[vocabulary][code])

    def said(self, key: str, **filled: object) -> str:
        """One of the plots' own sentences."""
        return _sentences()[key][self.lang].format(**filled)

    @cached_property
    def metric(self) -> dict[str, MetricRow]:
        return {metric.id: metric for metric in self.metrics}

    @cached_property
    def figures(self) -> dict[str, list[MetricRow]]:
        """The figures that stand in each statement's clause."""
        clauses = {s.id: [m for m in self.metrics if s.start <= m.value_start < s.end] for s in self.statements}
        return {id: found for id, found in clauses.items() if found}

    def of(self, issue: IssueRow) -> list[StatementRow]:
        """An issue's statements in their order."""
        return [statement for statement in self.statements if statement.issue_number == issue.number]

    def problem(self, issue: IssueRow) -> str:
        return self.either(issue.problem, issue.title_en)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("words.json").read_text(encoding="utf-8")
    sentences: dict[str, dict[str, str]] = json.loads(text)
    return sentences


def matter(reader: Reader, notice: str, lang: str, to: Callable[[str], str]) -> Matter:
    """The matter of one notice: the one place where plots reach the data."""

    def rows(row: Any) -> list[Any]:
        return list(reader.session.exec(reader.select(row, notice)))

    return Matter(
        lang=lang,
        to=to,
        labels=reader.known.labels,
        categories=rows(CategoryRow),
        issues=rows(IssueRow),
        statements=rows(StatementRow),
        metrics=rows(MetricRow),
        declarations=reconciled(reader, notice).declarations,
    )

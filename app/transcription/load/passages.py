"""Rows of passages: the texts by which sections, issues, measures and metrics are searched."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel

from app.models.issue import IssueRow
from app.models.metric import MetricRow
from app.models.passage import PassageRow, fold
from app.models.section import SectionRow
from app.models.statement import MEASURE, StatementRow

_SHARED = ("notice", "id", "section_id", "start", "end")


@dataclass(frozen=True)
class Passage:
    """A row and the texts indexed for it, folded."""

    row: PassageRow
    title: str
    body: str


def passage_rows(rows: Iterable[SQLModel], loaded: Counter[type[SQLModel]]) -> Iterator[Passage]:
    """Yield a passage for each section with paragraphs of its own and for each issue, measure and metric, in order.

    `loaded` counts the rows that each table already holds; these rows and their passages are added to it.
    """
    for row in rows:
        loaded[type(row)] += 1
        if values := _values(row):
            loaded[PassageRow] += 1
            title, body = values.pop("folded_title"), values.pop("folded_body")
            yield Passage(PassageRow(rowid=loaded[PassageRow], record=loaded[type(row)], **values), title, body)


def _values(row: SQLModel) -> dict[str, Any] | None:
    title: dict[str, Any]
    match row:
        case SectionRow(text=str(text)):
            title = {"label": row.title or text[:24], "label_en": row.title_en, "folded_title": ""}
            own = {"type": "section", "section_id": row.id, "folded_body": fold(text), **title}
        case IssueRow():
            title = {"label": row.title, "label_en": row.title_en, "folded_title": fold(row.title)}
            title |= {"id": str(row.number), "start": row.title_start}
            own = {"type": "issue", "folded_body": fold(row.text), **title}
        case StatementRow(role=role) if role == MEASURE:
            title = {"label": row.text, "label_en": row.text_en, "folded_title": ""}
            own = {"type": "measure", "folded_body": fold(row.text), **title}
        case MetricRow():
            title = {"label": row.label, "label_en": row.label_en, "folded_title": fold(row.label)}
            own = {"type": "metric", "folded_body": fold(row.quote), **title}
        case _:
            return None
    return {name: getattr(row, name, None) for name in _SHARED} | own

"""Rows of passages: the texts by which sections, issues, measures and metrics are searched."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlmodel import SQLModel

from app.models.issue import IssueRow
from app.models.metric import MetricRow
from app.models.passage import BLANK, PASSAGES, PASSAGES_OF_TYPE, TYPES, PassageRow, fold, fold_words
from app.models.section import SectionRow
from app.models.statement import MEASURE, StatementRow


@dataclass(frozen=True)
class Passage:
    """A row and the folded texts that are indexed for it, each under its column of the index."""

    row: PassageRow
    texts: dict[str, str]


def passages(rows: Sequence[tuple[int, SQLModel]]) -> list[Passage]:
    """Return a passage for each section with paragraphs of its own and for each issue, measure and metric.

    Rows come with their numbers. Passages are in the order of their own: by section, by type, then as their rows are.
    """
    english: dict[str, list[str]] = defaultdict(list)  # folded, as it is longest, once for all passages that hold it
    of_statements: dict[str, str] = {}
    for _, row in rows:
        if isinstance(row, StatementRow) and row.text_en:
            of_statements[row.id] = fold_words(row.text_en)
            english[row.section_id].append(of_statements[row.id])
    sections = {row.id: number for number, row in rows if isinstance(row, SectionRow)}
    counts: Counter[int] = Counter()
    found = []
    for number, row in rows:
        if described := _describe(row, english, of_statements):
            values, texts = described
            first = (sections[values["section_id"]] - 1) * PASSAGES + TYPES.index(values["type"]) * PASSAGES_OF_TYPE
            counts[first] += 1
            shared = {name: getattr(row, name) for name in ("notice", "end")}
            place = PassageRow(rowid=first + counts[first], record=number, **shared, **values)
            found.append(Passage(place, texts))
    return sorted(found, key=attrgetter("row.rowid"))


def _describe(
    row: SQLModel, english: Mapping[str, Sequence[str]], of_statements: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, str]] | None:
    """Return what search shows of a row and the texts by which it is found; None for a row that is not searched."""
    match row:
        case SectionRow(text=str(text)):
            place = {"type": "section", "id": row.id, "section_id": row.id, "start": row.start}
            return place, _texts("", text, row.title_en, english.get(row.id, ()))
        case IssueRow():
            place = {"type": "issue", "id": str(row.number), "section_id": row.section_id, "start": row.title_start}
            return place, _texts(row.title, row.text, row.title_en, english.get(row.section_id, ()))
        case StatementRow(role=role) if role == MEASURE:
            place = {"type": "measure", "id": row.id, "section_id": row.section_id, "start": row.start}
            return place, _texts("", row.text, "", [of_statements.get(row.id, "")])
        case MetricRow():
            place = {"type": "metric", "id": row.id, "section_id": row.section_id, "start": row.start}
            return place, _texts(row.label, row.quote, row.label_en, ())
        case _:
            return None


def _texts(title: str, body: str, title_en: str | None, body_en: Sequence[str]) -> dict[str, str]:
    return {
        "title": fold(title),
        "body": fold(body),
        "title_en": fold_words(title_en or ""),
        "body_en": BLANK.join(filter(None, body_en)),
    }

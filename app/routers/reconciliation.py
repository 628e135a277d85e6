"""`/reconciliation`: declared beside transcribed."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlmodel import col, func, select

from app.models.issue import IssueRow
from app.models.metric import MetricRow
from app.models.notice import NoticeRow
from app.models.numeral import NumeralRow
from app.models.reconciliation import Declaration, DeclarationRow, Reconciliation
from app.models.statement import MEASURE, StatementRow
from app.pagination import NoticeQuery
from app.reader import Reader, ReaderDep

router = APIRouter(tags=["proof"])


@router.get("/reconciliation", summary="Declared beside transcribed")
def get_reconciliation(query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Reconciliation:
    """The totals that the notice declares beside what is transcribed, and whether the two can be compared at all.

    Where `comparable` is false, a difference means nothing: the notice counts what it does not list. Where it is true,
    `matches` says whether the numbers agree; a difference would be shown and never repaired. The counts below prove
    that no printed number, clause or character is missing.
    """
    slug = reader.notice(query.notice)
    notice = reader.session.exec(select(NoticeRow).where(NoticeRow.slug == slug)).one()
    return Reconciliation(
        notice=slug,
        uid=f"{slug}/reconciliation",
        url=f"{reader.root}/reconciliation?notice={slug}",
        declarations=_declarations(reader, slug),
        numerals=_count(reader, slug, NumeralRow.class_),
        statements=_count(reader, slug, StatementRow.role),
        measures=_count(reader, slug, StatementRow.kind),
        characters=notice.characters,
        characters_in_sections=notice.characters_in_sections,
        characters_in_residue=notice.characters_in_residue,
    )


def _count(reader: Reader, slug: str, column: Any) -> dict[str, int]:
    rows = select(column, func.count()).where(column.class_.notice == slug, column.is_not(None)).group_by(column)
    return dict(reader.session.exec(rows.order_by(column)).all())


def _declarations(reader: Reader, slug: str) -> list[Declaration]:
    counts = {"issues": reader.session.exec(select(func.count()).where(IssueRow.notice == slug)).one()}
    counts |= _count(reader, slug, StatementRow.kind)
    counts["measures"] = _count(reader, slug, StatementRow.role).get(MEASURE, 0)
    both = select(DeclarationRow, MetricRow).where(
        DeclarationRow.notice == slug, MetricRow.notice == slug, DeclarationRow.metric_id == MetricRow.id
    )
    rows = reader.session.exec(both.order_by(col(DeclarationRow.position)))
    return [_declaration(row, metric, counts) for row, metric in rows]


def _declaration(row: DeclarationRow, metric: MetricRow, counts: dict[str, int]) -> Declaration:
    transcribed = counts.get(row.counted_as, 0) if row.counted_as else None
    return Declaration(
        **row.model_dump(include={"metric_id", "counted_as", "comparable", "note", "note_en"}),
        **metric.model_dump(include={"label", "label_en", "quote", "start", "end"}),
        declared=metric.normalized_value,
        declared_text=metric.value_text,
        declared_text_start=metric.value_start,
        declared_text_end=metric.value_end,
        transcribed=transcribed,
        matches=transcribed == metric.normalized_value if row.comparable else None,
    )

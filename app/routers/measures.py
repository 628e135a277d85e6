"""`/measures`: the acts that the notice reports."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from sqlmodel import col

from app.models.statement import MEASURE, Measure, StatementRow
from app.models.vocabulary import Coded
from app.pagination import NoticeQuery, Page, PageQuery
from app.reader import ReaderDep
from app.routers.filters import CategoryFilter, IssueFilter
from app.routers.keys import MeasureId

router = APIRouter(prefix="/measures", tags=["measures"])

_IS_MEASURE = col(StatementRow.role) == MEASURE


class MeasureQuery(PageQuery):
    issue: IssueFilter = Field(None, description="Only measures about this issue.")
    category: CategoryFilter = Field(None, description="Only measures about issues of this category.")
    kind: Annotated[str, Coded("measure_kind")] | None = Field(None, description="Only measures of this kind.")


class MeasurePage(Page[Measure]):
    """Some measures."""


@router.get("", summary="List measures")
def list_measures(query: Annotated[MeasureQuery, Query()], reader: ReaderDep) -> MeasurePage:
    """Every act that the notice reports, one clause each, with who acted where the sentence says so.

    These are clauses of the text. They are another unit than the rectification measures of which the notice declares a
    total without listing them: see `/reconciliation`. No measure has a status.
    """
    columns = {
        "issue": col(StatementRow.issue_number),
        "category": col(StatementRow.category_number),
        "kind": col(StatementRow.kind),
    }
    return reader.page(MeasurePage, Measure, reader.select(StatementRow, query, columns).where(_IS_MEASURE), query)


@router.get("/{id}", summary="Get a measure")
def get_measure(id: MeasureId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Measure:
    """One measure by its id; `m14-3` belongs to issue 14."""
    return reader.record(Measure, reader.select(StatementRow, query).where(_IS_MEASURE), col(StatementRow.id), id)

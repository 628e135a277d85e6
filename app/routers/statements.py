"""`/statements`: the clauses of every issue's text."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from sqlmodel import col

from app.models.statement import Statement, StatementRow
from app.models.vocabulary import Coded
from app.pagination import NoticeQuery, Page, PageQuery
from app.reader import ReaderDep
from app.routers.filters import CategoryFilter, IssueFilter
from app.routers.keys import StatementId

router = APIRouter(prefix="/statements", tags=["statements"])


class StatementQuery(PageQuery):
    issue: IssueFilter = Field(None, description="Only statements about this issue.")
    category: CategoryFilter = Field(None, description="Only statements about issues of this category.")
    role: Annotated[str, Coded("statement_role")] | None = Field(None, description="Only statements of this role.")


class StatementPage(Page[Statement]):
    """Some statements."""


@router.get("", summary="List statements")
def list_statements(query: Annotated[StatementQuery, Query()], reader: ReaderDep) -> StatementPage:
    """Every issue's text clause by clause, acts apart from results and from attitudes.

    Use `role=outcome` for what the notice claims as results, with or without a figure. The clauses with the role
    `measure` are told in full at `/measures`.
    """
    columns = {
        "issue": col(StatementRow.issue_number),
        "category": col(StatementRow.category_number),
        "role": col(StatementRow.role),
    }
    return reader.page(StatementPage, Statement, reader.select(StatementRow, query, columns), query)


@router.get("/{id}", summary="Get a statement")
def get_statement(id: StatementId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Statement:
    """One clause by its id; `o8-1` is an outcome in the text of issue 8."""
    return reader.record(Statement, reader.select(StatementRow, query), col(StatementRow.id), id)

"""`/statements`: the clauses of every issue's text."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from sqlmodel import col

from app.filters import Categories, Conditions, Issues, among, met
from app.models.statement import Statement, StatementRow
from app.models.vocabulary import Coded
from app.pagination import NoticeQuery, Page, PageQuery
from app.reader import ReaderDep
from app.routers.keys import StatementId

router = APIRouter(prefix="/statements", tags=["statements"])


class StatementQuery(PageQuery):
    issue: Issues = Field([], description="Only statements about these issues.")
    category: Categories = Field([], description="Only statements about issues of these categories.")
    role: list[Annotated[str, Coded("statement_role")]] = Field([], description="Only statements of these roles.")


def conditions(query: StatementQuery) -> Conditions:
    """What each parameter asks of a statement."""
    return {
        "issue": among(col(StatementRow.issue_number), query.issue),
        "category": among(col(StatementRow.category_number), query.category),
        "role": among(col(StatementRow.role), query.role),
    }


class StatementPage(Page[Statement]):
    """Some statements."""


@router.get("", summary="List statements")
def list_statements(query: Annotated[StatementQuery, Query()], reader: ReaderDep) -> StatementPage:
    """Every issue's text clause by clause, acts apart from results and from attitudes.

    Use `role=outcome` for what the notice claims as results, with or without a figure. The clauses with the role
    `measure` are told in full at `/measures`.
    """
    chosen = reader.select(StatementRow, query.notice)
    return reader.page(StatementPage, Statement, chosen.where(*met(conditions(query))), query)


@router.get("/{id}", summary="Get a statement")
def get_statement(id: StatementId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Statement:
    """One clause by its id; `o8-1` is an outcome in the text of issue 8."""
    return reader.record(Statement, reader.select(StatementRow, query.notice), col(StatementRow.id), id)

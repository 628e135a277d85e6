"""`/statements`: the clauses of every issue's text."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from app.http.route import Route
from app.models.statement import Statement
from app.models.vocabulary import Coded
from app.queries.filters import Categories, Conditions, Issues, among, met
from app.queries.pagination import NoticeQuery, Page, PageQuery
from app.queries.reader import ReaderDep
from app.routers.dependencies import StatementId

router = APIRouter(prefix="/statements", tags=["statements"], route_class=Route)


class StatementQuery(PageQuery):
    issue: Issues = Field([], description="Only statements about these issues.")
    category: Categories = Field([], description="Only statements about issues of these categories.")
    role: list[Annotated[str, Coded("statement_role")]] = Field([], description="Only statements of these roles.")


def conditions(query: StatementQuery) -> Conditions:
    """What each parameter asks of a statement."""
    return {
        "issue": among("issue_number", query.issue),
        "category": among("category_number", query.category),
        "role": among("role", query.role),
    }


class StatementPage(Page[Statement]):
    """Some statements."""


@router.get("", summary="List statements", response_model=StatementPage)
async def list_statements(query: Annotated[StatementQuery, Query()], reader: ReaderDep) -> Response:
    """Every issue's text clause by clause, acts apart from results and from attitudes.

    Use `role=outcome` for what the notice claims as results, with or without a figure. The clauses with the role
    `measure` are told in full at `/measures`.
    """
    chosen = reader.select(Statement.table, query.notice).where(*met(conditions(query)))
    return await reader.page(Statement, chosen, query)


@router.get("/{id}", summary="Get a statement", response_model=Statement)
async def get_statement(id: StatementId, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Response:
    """One clause by its id; `o8-1` is an outcome in the text of issue 8."""
    return reader.record(Statement, query.notice, id)

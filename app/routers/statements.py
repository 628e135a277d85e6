"""`/statements`: the clauses of every issue's text."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.route import Route
from app.models.statement import Statement, StatementDetail
from app.queries.query import page_of
from app.queries.statements import StatementQuery, StatementRecordQuery, select_statements
from app.routers.exports import add_exports, records_of
from app.routers.responses import RecordsDep

router = APIRouter(prefix="/statements", tags=["statements"], route_class=Route)
StatementId = Annotated[str, Path(description="The statement's id.")]


@router.get("", summary="List statements", response_model=page_of(Statement))
async def list_statements(query: Annotated[StatementQuery, Query()], records: RecordsDep) -> Response:
    """Every issue's text clause by clause, acts apart from results and from attitudes.

    Use `role=outcome` for what the notice claims as results, with or without a figure. The clauses with the role
    `measure` are described in full at `/measures`.
    """
    return await records.read_page(Statement, select_statements(query, records.repository), query)


@router.get("/{id}", summary="Get a statement", response_model=StatementDetail)
async def get_statement(
    id: StatementId, query: Annotated[StatementRecordQuery, Query()], records: RecordsDep
) -> Response:
    """One clause by its id; `o8-1` is an outcome in the text of issue 8."""
    return records.record(StatementDetail, id, query)


add_exports(router, "", StatementDetail, StatementQuery, records_of(StatementDetail, select_statements))

"""`/reconciliation`: declared beside transcribed."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.http.route import Route
from app.models.reconciliation import Reconciliation
from app.queries.query import NoticeQuery
from app.queries.reconciliation import read_reconciliation
from app.routers.responses import RecordsDep

router = APIRouter(tags=["proof"], route_class=Route)


@router.get("/reconciliation", summary="Declared beside transcribed")
async def get_reconciliation(query: Annotated[NoticeQuery, Query()], records: RecordsDep) -> Reconciliation:
    """The totals that the notice declares beside what is transcribed, and whether the two can be compared at all.

    Where `comparable` is false, a difference means nothing: the notice counts what it does not list. Where it is true,
    `matches` says whether the numbers agree; a difference would be shown and never repaired. The counts below prove
    that no printed number, clause or character is missing.
    """
    return read_reconciliation(records.repository, query.notice, records.root)

"""`/reconciliation`: declared beside transcribed."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.models.reconciliation import Reconciliation
from app.pagination import NoticeQuery
from app.reader import ReaderDep
from app.reconciling import reconciled

router = APIRouter(tags=["proof"])


@router.get("/reconciliation", summary="Declared beside transcribed")
def get_reconciliation(query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Reconciliation:
    """The totals that the notice declares beside what is transcribed, and whether the two can be compared at all.

    Where `comparable` is false, a difference means nothing: the notice counts what it does not list. Where it is true,
    `matches` says whether the numbers agree; a difference would be shown and never repaired. The counts below prove
    that no printed number, clause or character is missing.
    """
    return reconciled(reader, reader.notice(query.notice))

"""`/issues`: the problems and what was done about each."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.database.select import equal
from app.http.route import Route
from app.models.issue import Issue, IssueDetail
from app.models.metric import Metric
from app.models.record import Record
from app.models.statement import Measure, Statement
from app.queries.facets import Facets, count_facets
from app.queries.filters import met, order, present
from app.queries.issues import ARRAYS, COLUMNS, SORTS, IssueFilters, IssueQuery, conditions
from app.queries.pagination import NoticeQuery, Page
from app.queries.reader import Reader, ReaderDep, answer, extended
from app.routers.dependencies import IssueNumber

router = APIRouter(prefix="/issues", tags=["issues"], route_class=Route)


class IssuePage(Page[Issue]):
    """Some issues."""


@router.get("", summary="List issues", response_model=IssuePage)
async def list_issues(query: Annotated[IssueQuery, Query()], reader: ReaderDep) -> Response:
    """Every problem that the inspection raised, in the notice's order, with the whole text about it.

    An item has everything but the parts of its text: `measure_count`, `metric_count` and `kinds` say what is in them.
    There is no status: the notice declares how many issues are rectified and does not say which.
    """
    chosen = reader.select(Issue.table, query.notice, *order(query.sort, SORTS)).where(
        *met(conditions(query, reader.scope(query.notice)))
    )
    return await reader.page(Issue, chosen, query)


@router.get("/facets", summary="Count issues by value")
async def count_issues(query: Annotated[IssueFilters, Query()], reader: ReaderDep) -> Facets:
    """How many issues each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return await reader.run(
        query.notice,
        count_facets,
        reader,
        Issue.table,
        query,
        conditions(query, reader.scope(query.notice)),
        COLUMNS,
        ARRAYS,
    )


@router.get("/{number}", summary="Get an issue", response_model=IssueDetail)
async def get_issue(number: IssueNumber, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Response:
    """One issue by its number, with its text taken apart.

    `statements` are its clauses in order, nothing left out; `measures` are those that report an act; `metrics` are the
    figures in it. Every printed string has its place in `/source.txt`.
    """
    (issue,) = reader.find(reader.select(Issue.table, query.notice), Issue.public_json, Issue.key, number, "issue")
    parts: dict[str, type[Record]] = {"statements": Statement, "measures": Measure, "metrics": Metric}
    arrays = {name: _written(reader, record, query.notice, number) for name, record in parts.items()}
    return answer(reader.placed(extended(issue, arrays)))


def _written(reader: Reader, record: type[Record], notice: str | None, number: str) -> list[str]:
    chosen = reader.select(record.table, notice).where(equal("issue_number", int(number)))
    return [text for (text,) in reader.fetch(chosen.where(present(record.public_json, True)), record.public_json)]

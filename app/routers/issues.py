"""`/issues`: the problems and what was done about each."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.database.repository import Repository
from app.database.select import Select, equal
from app.http.route import Route
from app.models.issue import CitedIssue, Issue, IssueDetail
from app.models.metric import Metric
from app.models.record import Record
from app.models.statement import Measure
from app.queries.issues import (
    FACETS,
    FILTERS,
    IssueFacets,
    IssueFilters,
    IssueQuery,
    IssueRecordQuery,
    select_issues,
)
from app.queries.query import page_of
from app.routers.exports import add_exports, records_of
from app.routers.responses import NUMBER, RecordsDep

router = APIRouter(prefix="/issues", tags=["issues"], route_class=Route)
IssueNumber = Annotated[str, Path(description="The issue's number."), NUMBER]


@router.get("", summary="List issues", response_model=page_of(Issue))
async def list_issues(query: Annotated[IssueQuery, Query()], records: RecordsDep) -> Response:
    """Every problem that the inspection raised, in the notice's order, with the whole text about it.

    An item has everything but the parts of its text: `measure_count`, `metric_count` and `kinds` say what is in them.
    There is no status: the notice declares how many issues are rectified and does not say which.
    """
    return await records.read_page(Issue, select_issues(query, records.repository), query)


@router.get("/facets", summary="Count issues by value", response_model=IssueFacets)
async def count_issues(query: Annotated[IssueFilters, Query()], records: RecordsDep) -> Response:
    """How many issues each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return await records.facets(Issue, query, FILTERS, FACETS)


@router.get("/{number}", summary="Get an issue", response_model=IssueDetail)
async def get_issue(number: IssueNumber, query: Annotated[IssueRecordQuery, Query()], records: RecordsDep) -> Response:
    """One issue by its number, with its citation, its measures and its metrics.

    `measures` are the clauses of its text that report an act, `metrics` the figures in it. All its clauses are at
    `/statements?issue={number}`. Every printed string has its place in `/source.txt`.
    """
    measures, metrics = (_of_issue(records.repository, model, query.notice, number) for model in (Measure, Metric))
    return records.record(IssueDetail, number, query, measures=measures, metrics=metrics)


def _of_issue(repository: Repository, model: type[Record], notice: str, number: str) -> list[str]:
    """Return the JSON of the records in an issue's text; none where the number is no number."""
    select = Select.records(model, notice)
    issue = int(number) if number.isdecimal() and len(number) < 7 else 0
    return repository.all(model, select.where(equal(select.table.c.issue_number, issue)))


add_exports(router, "", CitedIssue, IssueQuery, records_of(CitedIssue, select_issues))

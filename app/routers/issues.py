"""`/issues`: the problems and what was done about each."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.database.clauses import equal
from app.database.repository import Repository
from app.database.select import table_of
from app.http.responses import json_response, with_arrays
from app.http.route import Route
from app.models.issue import Issue, IssueDetail
from app.models.metric import Metric
from app.models.record import Record
from app.models.statement import Measure, Statement
from app.queries.facets import Facets
from app.queries.issues import FACETS, IssueFilters, IssueQuery, filter_issues, select_issues
from app.queries.pagination import NoticeQuery, Page
from app.routers.dependencies import IssueNumber, RepositoryDep
from app.routers.responses import facets_response, find, list_response, urls

router = APIRouter(prefix="/issues", tags=["issues"], route_class=Route)


# The records that stand in an issue's text.
PARTS: dict[str, type[Record]] = {"statements": Statement, "measures": Measure, "metrics": Metric}


class IssuePage(Page[Issue]):
    """Some issues."""


@router.get("", summary="List issues", response_model=IssuePage)
async def list_issues(query: Annotated[IssueQuery, Query()], request: Request, repository: RepositoryDep) -> Response:
    """Every problem that the inspection raised, in the notice's order, with the whole text about it.

    An item has everything but the parts of its text: `measure_count`, `metric_count` and `kinds` say what is in them.
    There is no status: the notice declares how many issues are rectified and does not say which.
    """
    return await list_response(request, repository, Issue, select_issues(query, repository), query)


@router.get("/facets", summary="Count issues by value")
async def count_issues(query: Annotated[IssueFilters, Query()], request: Request, repository: RepositoryDep) -> Facets:
    """How many issues each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    clauses = filter_issues(query, repository.scope(query.notice))
    return await facets_response(request, repository, Issue, query, clauses, FACETS)


@router.get("/{number}", summary="Get an issue", response_model=IssueDetail)
async def get_issue(
    number: IssueNumber, query: Annotated[NoticeQuery, Query()], request: Request, repository: RepositoryDep
) -> Response:
    """One issue by its number, with its text taken apart.

    `statements` are its clauses in order, nothing left out; `measures` are those that report an act; `metrics` are the
    figures in it. Every printed string has its place in `/source.txt`.
    """
    issue = table_of(Issue.row).c
    select = repository.select(Issue, query.notice)
    (text,) = find(repository, select, issue.number, number, "issue", issue.public_json)
    arrays = {name: _parts(repository, model, query.notice, int(number)) for name, model in PARTS.items()}
    return json_response(urls(request, with_arrays(text, arrays)))


def _parts(repository: Repository, model: type[Record], notice: str | None, number: int) -> list[str]:
    select = repository.select(model, notice)
    return repository.all(model, select.where(equal(select.table.c.issue_number, number)))

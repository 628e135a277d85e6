"""`/issues`: the problems and what was done about each."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import col

from app.facets import Facets, count_facets
from app.filters import met, order
from app.models.issue import Issue, IssueDetail, IssueRow
from app.models.metric import Metric, MetricRow
from app.models.statement import MEASURE, Measure, Statement, StatementRow
from app.pagination import NoticeQuery, Page
from app.queries.issues import ARRAYS, COLUMNS, SORTS, IssueFilters, IssueQuery, conditions
from app.reader import ReaderDep
from app.routers.keys import IssueNumber

router = APIRouter(prefix="/issues", tags=["issues"])


class IssuePage(Page[Issue]):
    """Some issues."""


@router.get("", summary="List issues")
def list_issues(query: Annotated[IssueQuery, Query()], reader: ReaderDep) -> IssuePage:
    """Every problem that the inspection raised, in the notice's order, with the whole text about it.

    An item has everything but the parts of its text: `measure_count`, `metric_count` and `kinds` say what is in them.
    There is no status: the notice declares how many issues are rectified and does not say which.
    """
    chosen = reader.select(IssueRow, query.notice, *order(query.sort, SORTS))
    return reader.page(IssuePage, Issue, chosen.where(*met(conditions(query))), query)


@router.get("/facets", summary="Count issues by value")
def count_issues(query: Annotated[IssueFilters, Query()], reader: ReaderDep) -> Facets:
    """How many issues each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return count_facets(reader, IssueRow, query, conditions(query), COLUMNS, ARRAYS)


@router.get("/{number}", summary="Get an issue")
def get_issue(number: IssueNumber, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> IssueDetail:
    """One issue by its number, with its text taken apart.

    `statements` are its clauses in order, nothing left out; `measures` are those that report an act; `metrics` are the
    figures in it. Every printed string has its place in `/source.txt`.
    """
    row = reader.find(reader.select(IssueRow, query.notice), col(IssueRow.number), number, "issue")
    clauses = reader.select(StatementRow, query.notice).where(StatementRow.issue_number == row.number)
    figures = reader.select(MetricRow, query.notice).where(MetricRow.issue_number == row.number)
    statements = list(reader.session.exec(clauses))
    return IssueDetail.of(
        row,
        reader.root,
        statements=[Statement.of(statement, reader.root) for statement in statements],
        measures=[Measure.of(statement, reader.root) for statement in statements if statement.role == MEASURE],
        metrics=reader.rows(Metric, figures),
    )

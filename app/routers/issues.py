"""`/issues`: the problems and what was done about each."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from sqlmodel import col, func, select

from app.models.issue import Issue, IssueDetail, IssueRow
from app.models.metric import Metric, MetricRow
from app.models.statement import MEASURE, Measure, Statement, StatementRow
from app.models.vocabulary import Coded
from app.pagination import NoticeQuery, Page, PageQuery
from app.reader import ReaderDep
from app.routers.filters import CategoryFilter
from app.routers.keys import IssueNumber

router = APIRouter(prefix="/issues", tags=["issues"])


class IssueQuery(PageQuery):
    category: CategoryFilter = Field(None, description="Only issues of this category.")
    topic: Annotated[str, Coded("topic")] | None = Field(None, description="Only issues filed under this topic.")


class IssuePage(Page[Issue]):
    """Some issues."""


@router.get("", summary="List issues")
def list_issues(query: Annotated[IssueQuery, Query()], reader: ReaderDep) -> IssuePage:
    """Every problem that the inspection raised, in the notice's order, with the whole text about it.

    An item has everything but the parts of its text: `measure_count`, `metric_count` and `kinds` say what is in them.
    There is no status: the notice declares how many issues are rectified and does not say which.
    """
    statement = reader.select(IssueRow, query, {"category": col(IssueRow.category_number)})
    if query.topic is not None:
        topics = func.json_each(IssueRow.topics).table_valued("value")
        statement = statement.where(select(topics.c.value).where(topics.c.value == query.topic).exists())
    return reader.page(IssuePage, Issue, statement, query)


@router.get("/{number}", summary="Get an issue")
def get_issue(number: IssueNumber, query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> IssueDetail:
    """One issue by its number, with its text taken apart.

    `statements` are its clauses in order, nothing left out; `measures` are those that report an act; `metrics` are the
    figures in it. Every printed string has its place in `/source.txt`.
    """
    row = reader.find(reader.select(IssueRow, query), col(IssueRow.number), number, "issue")
    clauses = reader.select(StatementRow, query).where(StatementRow.issue_number == row.number)
    figures = reader.select(MetricRow, query).where(MetricRow.issue_number == row.number)
    statements = list(reader.session.exec(clauses))
    return IssueDetail.of(
        row,
        reader.root,
        statements=[Statement.of(statement, reader.root) for statement in statements],
        measures=[Measure.of(statement, reader.root) for statement in statements if statement.role == MEASURE],
        metrics=reader.rows(Metric, figures),
    )

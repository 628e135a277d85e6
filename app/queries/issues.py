"""Issues: filters, order, facets."""

from functools import partial
from typing import Annotated

from pydantic import Field

from app.database.select import Column, table_of
from app.http.parameters import Code, Key
from app.models.issue import Issue, IssueDetail, IssueRow
from app.queries.facets import facets_model
from app.queries.filters import (
    SORTING,
    Categories,
    Filters,
    Topics,
    Words,
    YesNo,
    any_of,
    counts_any,
    holds,
    labelled,
    select_records,
    sort_keys,
)
from app.queries.query import FIELDS, ListQuery, Names, PageQuery, RecordQuery, field_names

_issue = table_of(IssueRow)
SORTS = {name: _issue.c[name] for name in ("number", "measure_count", "metric_count", "statement_count")}
# A facet is counted by a column, or by a field that holds several codes.
FACETS: dict[str, Column | str] = {
    "category": _issue.c.category_number,
    "status": _issue.c.status,
    "topic": "topics",
    "kind": "kinds",
}


class IssueFilters(ListQuery):
    number: list[Annotated[int, Key("issues", int)]] = Field([], description="Only the issues with these numbers.")
    q: Words | None = Field(None, description="Only issues whose title and text hold every word.")
    category: Categories = Field([], description="Only issues of these categories.")
    status: list[Annotated[str, Code("issue_status")]] = Field(
        [], description="Only issues for which the notice prints one of these statuses."
    )
    topic: Topics = Field([], description="Only issues filed under any of these topics.")
    kind: list[Annotated[str, Code("measure_kind")]] = Field(
        [], description="Only issues with a measure of these kinds."
    )
    has_metrics: YesNo | None = Field(None, description="Only issues whose text prints figures, or none.")


IssueFacets = facets_model("Issue", IssueFilters, FACETS)


class IssueQuery(PageQuery, IssueFilters):
    sort: list[Annotated[str, sort_keys("IssueSort", SORTS)]] = Field([], description=SORTING)
    fields: list[Annotated[Names, field_names(Issue)]] = Field([], description=FIELDS)


class IssueRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(IssueDetail)]] = Field([], description=FIELDS)


FILTERS: Filters = {
    "number": any_of(_issue.c.number),
    "q": holds("issue", _issue),
    "category": any_of(_issue.c.category_number),
    "status": any_of(_issue.c.status),
    "topic": labelled("topics"),
    "kind": labelled("kinds"),
    "has_metrics": counts_any(_issue.c.metric_count),
}

select_issues = partial(select_records, Issue, FILTERS, SORTS)

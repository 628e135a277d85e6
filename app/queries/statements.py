"""Statements: filters."""

from functools import partial
from typing import Annotated

from pydantic import Field

from app.database.select import table_of
from app.http.parameters import Code, Key
from app.models.statement import Statement, StatementDetail, StatementRow
from app.queries.filters import Categories, Filters, Issues, Sections, any_of, select_records
from app.queries.query import FIELDS, Names, PageQuery, RecordQuery, field_names

_statement = table_of(StatementRow)


class StatementQuery(PageQuery):
    id: list[Annotated[str, Key("statements")]] = Field([], description="Only the statements with these ids.")
    section: Sections = Field([], description="Only statements in the texts of these sections.")
    issue: Issues = Field([], description="Only statements about these issues.")
    category: Categories = Field([], description="Only statements about issues of these categories.")
    role: list[Annotated[str, Code("statement_role")]] = Field([], description="Only statements of these roles.")
    fields: list[Annotated[Names, field_names(Statement)]] = Field([], description=FIELDS)


class StatementRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(StatementDetail)]] = Field([], description=FIELDS)


FILTERS: Filters = {
    "id": any_of(_statement.c.id),
    "section": any_of(_statement.c.section_id),
    "issue": any_of(_statement.c.issue_number),
    "category": any_of(_statement.c.category_number),
    "role": any_of(_statement.c.role),
}

select_statements = partial(select_records, Statement, FILTERS, {})

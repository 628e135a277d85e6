"""Notices: filters and columns."""

from typing import Annotated

from pydantic import Field

from app.database.repository import Repository
from app.database.select import Select
from app.http.parameters import Query
from app.models.notice import Notice, NoticeDetail
from app.queries.query import FIELDS, Names, Paging, RecordQuery, field_names


class NoticesQuery(Paging):
    fields: list[Annotated[Names, field_names(Notice)]] = Field([], description=FIELDS)


class NoticeRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(NoticeDetail)]] = Field([], description=FIELDS)


class NamedNoticeQuery(Query):
    fields: list[Annotated[Names, field_names(NoticeDetail)]] = Field([], description=FIELDS)


def select_notices(query: NoticesQuery, repository: Repository) -> Select:  # noqa: ARG001
    """Select every notice."""
    return Select.records(Notice)

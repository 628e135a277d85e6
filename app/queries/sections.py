"""Sections: filters."""

from functools import partial
from typing import Annotated

from pydantic import Field

from app.database.select import table_of
from app.http.parameters import Code, Key
from app.models.section import Section, SectionDetail, SectionRow
from app.queries.filters import Filters, Sections, Words, any_of, holds, select_records
from app.queries.query import FIELDS, Names, PageQuery, RecordQuery, field_names

_section = table_of(SectionRow)


class SectionQuery(PageQuery):
    id: list[Annotated[str, Key("sections")]] = Field([], description="Only the sections with these ids.")
    q: Words | None = Field(None, description="Only sections whose own paragraphs hold every word.")
    role: list[Annotated[str, Code("section_role")]] = Field([], description="Only sections of these roles.")
    parent: Sections = Field([], description="Only sections right under these.")
    fields: list[Annotated[Names, field_names(Section)]] = Field([], description=FIELDS)


class SectionRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(SectionDetail)]] = Field([], description=FIELDS)


FILTERS: Filters = {
    "id": any_of(_section.c.id),
    "q": holds("section", _section),
    "role": any_of(_section.c.role),
    "parent": any_of(_section.c.parent_id),
}

select_sections = partial(select_records, Section, FILTERS, {})

"""What can be asked of sections: filters."""

from typing import Annotated

from pydantic import Field

from app.database.clauses import in_
from app.database.repository import NoticeScope, Repository
from app.database.select import Select, rowid, table_of
from app.http.parameters import Code, Key
from app.models.section import Section, SectionDetail, SectionRow
from app.queries.fields import FIELDS, Names, RecordQuery, field_names
from app.queries.filters import Clauses, Sections, Words, active, has_words
from app.queries.pagination import PageQuery

_section = table_of(SectionRow)


class SectionQuery(PageQuery):
    id: list[Annotated[str, Key("sections")]] = Field([], description="Only the sections with these ids.")
    q: Words | None = Field(None, description="Only sections whose own paragraphs hold every word.")
    role: list[Annotated[str, Code("section_role")]] = Field([], description="Only sections of these roles.")
    parent: Sections = Field([], description="Only sections right under these.")
    fields: list[Annotated[Names, field_names(Section)]] = Field([], description=FIELDS)


class SectionRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(SectionDetail)]] = Field([], description=FIELDS)


def filter_sections(query: SectionQuery, scope: NoticeScope) -> Clauses:
    """Return the clauses of a query by parameter."""
    return {
        "id": in_(_section.c.id, query.id),
        "q": has_words("section", rowid(_section), query.q, scope),
        "role": in_(_section.c.role, query.role),
        "parent": in_(_section.c.parent_id, query.parent),
    }


def select_sections(query: SectionQuery, repository: Repository) -> Select:
    """Select the sections that a query asks for."""
    clauses = active(filter_sections(query, repository.scope(query.notice)))
    return repository.select(Section, query.notice).where(*clauses)

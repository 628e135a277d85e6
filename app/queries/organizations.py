"""Organizations: filters, order, facets."""

from functools import partial
from typing import Annotated

from pydantic import Field

from app.database.select import Column, equal, table_of
from app.http.parameters import Code, Key
from app.models.organization import Organization, OrganizationDetail, OrganizationRow
from app.queries.facets import facets_model
from app.queries.filters import SORTING, Filters, Issues, Words, YesNo, any_of, select_records, sort_keys
from app.queries.places import in_issues, in_statements, named, plays
from app.queries.query import FIELDS, ListQuery, Names, PageQuery, RecordQuery, field_names

_organization = table_of(OrganizationRow)
SORTS = {
    "name": _organization.c.name,
    "type": _organization.c.type,
    "place_count": _organization.c.place_count,
}
FACETS: dict[str, Column] = {"type": _organization.c.type}


class OrganizationFilters(ListQuery):
    id: list[Annotated[str, Key("organizations")]] = Field([], description="Only the organizations with these ids.")
    q: Words | None = Field(None, description="Only organizations whose name, Chinese or English, holds every word.")
    type: list[Annotated[str, Code("organization_type")]] = Field([], description="Only organizations of these types.")
    named: YesNo | None = Field(None, description="Only organizations that are named, or only singled out.")
    part: list[Annotated[str, Code("organization_part")]] = Field(
        [], description="Only organizations that play any of these parts."
    )
    issue: Issues = Field([], description="Only organizations that stand in the headings or texts of these issues.")
    statement: list[Annotated[str, Key("statements")]] = Field(
        [], description="Only organizations that stand in these clauses."
    )


class OrganizationQuery(PageQuery, OrganizationFilters):
    sort: list[Annotated[str, sort_keys("OrganizationSort", SORTS)]] = Field([], description=SORTING)
    fields: list[Annotated[Names, field_names(Organization)]] = Field([], description=FIELDS)


class OrganizationRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(OrganizationDetail)]] = Field([], description=FIELDS)


OrganizationFacets = facets_model("Organization", OrganizationFilters, FACETS)


FILTERS: Filters = {
    "id": any_of(_organization.c.id),
    "q": named(_organization),
    "type": any_of(_organization.c.type),
    "named": lambda wanted, _: equal(_organization.c.named, wanted),
    "part": plays(_organization),
    "issue": in_issues("organization", _organization),
    "statement": in_statements("organization", _organization),
}

select_organizations = partial(select_records, Organization, FILTERS, SORTS)

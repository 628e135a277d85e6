"""`/organizations`: the bodies that the notice names or singles out."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.route import Route
from app.models.organization import Organization, OrganizationDetail
from app.queries.organizations import (
    FACETS,
    FILTERS,
    OrganizationFacets,
    OrganizationFilters,
    OrganizationQuery,
    OrganizationRecordQuery,
    select_organizations,
)
from app.queries.query import page_of
from app.routers.exports import add_exports, records_of
from app.routers.responses import RecordsDep

router = APIRouter(prefix="/organizations", tags=["organizations"], route_class=Route)
OrganizationId = Annotated[str, Path(description="The organization's id.")]


@router.get("", summary="List organizations", response_model=page_of(Organization))
async def list_organizations(query: Annotated[OrganizationQuery, Query()], records: RecordsDep) -> Response:
    """Every body that the notice names or singles out, with the part that it plays wherever it stands.

    Bodies are never merged by guess: each printed name is a record of its own, and one that is only singled out (某镇,
    相关部门) is one in each section.
    """
    return await records.read_page(Organization, select_organizations(query, records.repository), query)


@router.get("/facets", summary="Count organizations by value", response_model=OrganizationFacets)
async def count_organizations(query: Annotated[OrganizationFilters, Query()], records: RecordsDep) -> Response:
    """How many organizations each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return await records.facets(Organization, query, FILTERS, FACETS)


@router.get("/{id}", summary="Get an organization", response_model=OrganizationDetail)
async def get_organization(
    id: OrganizationId, query: Annotated[OrganizationRecordQuery, Query()], records: RecordsDep
) -> Response:
    """One body by its id, with its citation, every place where it is mentioned, and the part that it plays there."""
    return records.record(OrganizationDetail, id, query)


add_exports(router, "", OrganizationDetail, OrganizationQuery, records_of(OrganizationDetail, select_organizations))

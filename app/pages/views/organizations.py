"""`/zh/organizations`, `/zh/organizations/{id}`: the bodies that the notice names or singles out, with their places."""

from collections import Counter
from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import PageDep
from app.pages.english import load_body_names
from app.pages.listing import ListConfig, adjacent, load_list
from app.pages.places import Measures, directive_code, issuer_directive, load_measures, load_places
from app.pages.route import PageRoute, reads
from app.queries.organizations import OrganizationQuery

router = APIRouter(route_class=PageRoute)

CONFIG = ListConfig(
    path="/organizations",
    facets=("type",),
    choices=(("named", ("true", "false")), ("part", ("actor", "prompter", "target", "partner", "mentioned"))),
    sorts=("-place_count", "name", "type"),
    words_label="filter_name",
    vocabularies={"type": "organization_type", "part": "organization_part"},
    sheet=("name", "type", "named", "parts", "place_count"),
)


@router.get("/organizations")
@reads(query=OrganizationQuery)
async def get_organizations(page: PageDep) -> Response:
    """Return the list of organizations, each with the parts that it plays and how often."""
    view = await load_list(page, CONFIG)
    measures = await load_measures(page, "organization", view.items)
    return page.render(
        "organizations.html",
        source=view.source,
        query=view.query,
        view=view,
        parts=lambda record: count_parts(record, measures),
    )


@router.get("/organizations/{id}")
@reads()
async def get_organization(id: str, page: PageDep) -> Response:
    """Return an organization: the part that it plays in every place, and the documents that it issued."""
    result = await page.fetch_record("/organizations", id)
    organization: dict[str, Any] = result.content
    notice = organization["notice"]
    every_organization = await page.fetch_all("/organizations", ("notice", notice))
    organizations = {other["id"]: other for other in every_organization.content}
    measures = await load_measures(page, "organization", [organization])
    documents = await page.fetch_all("/documents", ("notice", notice), ("has_issuer", "true"))
    issued = [document for document in documents.content if document["issuer_id"] == organization["id"]]
    issuing = await load_measures(page, "document", issued)
    previous_id, next_id = adjacent(list(organizations), organization["id"])
    return page.render(
        "organization.html",
        source=result.address,
        organization=organization,
        places=await load_places(page, organization, measures),
        bodies=await load_body_names(page, [notice]),
        parts=count_parts(organization, measures),
        issued=[(document, issuer_directive(document, issuing)) for document in issued],
        measure_count=len(measures),
        previous=organizations.get(previous_id),
        next=organizations.get(next_id),
    )


def count_parts(organization: dict[str, Any], measures: Measures) -> list[tuple[str, str | None, int]]:
    """Return the parts that an organization plays, how it was made to, and in how many places."""
    notice, places = organization["notice"], organization["places"]
    counts = Counter(
        (place["part"], directive_code(place, measures.get((notice, place["statement_id"])))) for place in places
    )
    return [(part, code, count) for (part, code), count in counts.items()]

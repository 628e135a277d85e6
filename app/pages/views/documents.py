"""`/zh/documents`, `/zh/documents/{id}`: the texts that the notice says were made or acted on, with their places."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import PageContext, PageDep
from app.pages.english import load_body_names
from app.pages.listing import ListConfig, adjacent, load_list
from app.pages.places import directive_code, issuer_directive, load_measures, load_places
from app.pages.route import PageRoute, reads
from app.queries.documents import DocumentQuery

router = APIRouter(route_class=PageRoute)

CONFIG = ListConfig(
    path="/documents",
    facets=("type", "act"),
    choices=(("has_issuer", ("true", "false")),),
    sorts=("name", "type", "act"),
    words_label="filter_name",
    vocabularies={"type": "document_type", "act": "document_act"},
    sheet=("name", "type", "act", "issuer"),
)
# The totals of rules that a notice may declare.
_DECLARED = (("indicator", "rules_new"), ("indicator", "rules_revised"), ("indicator", "rules_new_and_revised"))


@router.get("/documents")
@reads(query=DocumentQuery)
async def get_documents(page: PageDep) -> Response:
    """Return the list of documents, beside the totals of rules that the notice declares."""
    view = await load_list(page, CONFIG)
    measures = await load_measures(page, "document", view.items)
    declared = await page.fetch_all("/metrics", *_DECLARED)
    return page.render(
        "documents.html",
        source=view.source,
        query=view.query,
        view=view,
        declared=declared.content,
        gap=await _gap(page),
        measure_of=lambda document: measures.get((document["notice"], document["places"][0]["statement_id"])),
        directive_code=directive_code,
        issuer_directive=lambda document: issuer_directive(document, measures),
    )


@router.get("/documents/{id}")
@reads()
async def get_document(id: str, page: PageDep) -> Response:
    """Return a document: what is said of it in every place, and who issued it."""
    result = await page.fetch_record("/documents", id)
    document: dict[str, Any] = result.content
    every_document = await page.fetch_all("/documents", ("notice", document["notice"]))
    documents = {other["id"]: other for other in every_document.content}
    measures = await load_measures(page, "document", [document])
    previous_id, next_id = adjacent(list(documents), document["id"])
    return page.render(
        "document.html",
        source=result.address,
        document=document,
        places=await load_places(page, document, measures),
        bodies=await load_body_names(page, [document["notice"]]),
        issuer_directive=issuer_directive(document, measures),
        measure_count=len(measures),
        previous=documents.get(previous_id),
        next=documents.get(next_id),
    )


async def _gap(page: PageContext) -> dict[str, Any] | None:
    """Return what the notice says of a list of rules being left out; None for all notices together."""
    notice = await page.fetch_notice()
    gaps = notice["not_stated"] if notice else ()
    return next((gap for gap in gaps if gap["field"] == "rules.list"), None)

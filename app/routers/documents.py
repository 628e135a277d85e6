"""`/documents`: the texts that the notice says were made or acted on."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.route import Route
from app.models.document import Document, DocumentDetail
from app.queries.documents import (
    FACETS,
    FILTERS,
    DocumentFacets,
    DocumentFilters,
    DocumentQuery,
    DocumentRecordQuery,
    select_documents,
)
from app.queries.query import page_of
from app.routers.exports import add_exports, records_of
from app.routers.responses import RecordsDep

router = APIRouter(prefix="/documents", tags=["documents"], route_class=Route)
DocumentId = Annotated[str, Path(description="The document's id.")]


@router.get("", summary="List documents", response_model=page_of(Document))
async def list_documents(query: Annotated[DocumentQuery, Query()], records: RecordsDep) -> Response:
    """Every rule, plan, list, handbook or law that the notice says was made, revised, carried out, cited or signed.

    The notice declares totals of rules and lists none: this is the nearest thing, our reading of its sentences, and not
    to be counted against those totals. `places` tells every clause in which a document is named.
    """
    return await records.read_page(Document, select_documents(query, records.repository), query)


@router.get("/facets", summary="Count documents by value", response_model=DocumentFacets)
async def count_documents(query: Annotated[DocumentFilters, Query()], records: RecordsDep) -> Response:
    """How many documents each value of a parameter would leave, for a filter bar, in one request.

    Takes the list's filters. Each facet leaves out its own parameter; each value comes with the address of its list.
    """
    return await records.facets(Document, query, FILTERS, FACETS)


@router.get("/{id}", summary="Get a document", response_model=DocumentDetail)
async def get_document(id: DocumentId, query: Annotated[DocumentRecordQuery, Query()], records: RecordsDep) -> Response:
    """One document by its id, with its citation, every place where it is named, and what is said of it there."""
    return records.record(DocumentDetail, id, query)


add_exports(router, "", DocumentDetail, DocumentQuery, records_of(DocumentDetail, select_documents))

"""Documents: filters, order, facets."""

from functools import partial
from typing import Annotated

from pydantic import Field

from app.database.select import Column, table_of
from app.http.parameters import Code, Key
from app.models.document import Document, DocumentDetail, DocumentRow
from app.queries.facets import facets_model
from app.queries.filters import SORTING, Filters, Issues, Words, YesNo, any_of, select_records, sort_keys, stated
from app.queries.places import in_issues, in_statements, named
from app.queries.query import FIELDS, ListQuery, Names, PageQuery, RecordQuery, field_names

_document = table_of(DocumentRow)
SORTS = {"name": _document.c.name, "type": _document.c.type, "act": _document.c.act}
FACETS: dict[str, Column] = {"type": _document.c.type, "act": _document.c.act}


class DocumentFilters(ListQuery):
    id: list[Annotated[str, Key("documents")]] = Field([], description="Only the documents with these ids.")
    q: Words | None = Field(None, description="Only documents whose name, Chinese or English, holds every word.")
    type: list[Annotated[str, Code("document_type")]] = Field([], description="Only documents of these types.")
    act: list[Annotated[str, Code("document_act")]] = Field(
        [], description="Only documents that are said to be made, revised and so on in their first place."
    )
    issue: Issues = Field([], description="Only documents that stand in the headings or texts of these issues.")
    statement: list[Annotated[str, Key("statements")]] = Field(
        [], description="Only documents that stand in these clauses."
    )
    has_issuer: YesNo | None = Field(None, description="Only documents whose issuer is printed, or is not.")


class DocumentQuery(PageQuery, DocumentFilters):
    sort: list[Annotated[str, sort_keys("DocumentSort", SORTS)]] = Field([], description=SORTING)
    fields: list[Annotated[Names, field_names(Document)]] = Field([], description=FIELDS)


class DocumentRecordQuery(RecordQuery):
    fields: list[Annotated[Names, field_names(DocumentDetail)]] = Field([], description=FIELDS)


DocumentFacets = facets_model("Document", DocumentFilters, FACETS)


FILTERS: Filters = {
    "id": any_of(_document.c.id),
    "q": named(_document),
    "type": any_of(_document.c.type),
    "act": any_of(_document.c.act),
    "issue": in_issues("document", _document),
    "statement": in_statements("document", _document),
    "has_issuer": stated(_document.c.issuer),
}

select_documents = partial(select_records, Document, FILTERS, SORTS)

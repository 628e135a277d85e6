"""What can be asked of documents: filters, order, facets."""

from typing import Annotated

from pydantic import Field

from app.database.clauses import Column, in_, is_null
from app.database.repository import NoticeScope, Repository
from app.database.select import Select, table_of
from app.http.parameters import Code, Key
from app.models.document import Document, DocumentDetail, DocumentRow
from app.queries.facets import facets_model
from app.queries.fields import FIELDS, Names, RecordQuery, field_names
from app.queries.filters import SORTING, Clauses, Issues, Words, YesNo, active, order_by, sort_keys
from app.queries.pagination import ListQuery, PageQuery
from app.queries.places import contains_words, stands_in_issues, stands_in_statements

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


def filter_documents(query: DocumentFilters, scope: NoticeScope) -> Clauses:
    """Return the clauses of a query by parameter."""
    return {
        "id": in_(_document.c.id, query.id),
        "q": contains_words((_document.c.name, _document.c.name_en), query.q),
        "type": in_(_document.c.type, query.type),
        "act": in_(_document.c.act, query.act),
        "issue": stands_in_issues("document", _document, query.issue, scope),
        "statement": stands_in_statements("document", _document, query.statement, scope),
        "has_issuer": is_null(_document.c.issuer, None if query.has_issuer is None else not query.has_issuer),
    }


def select_documents(query: DocumentQuery, repository: Repository) -> Select:
    """Select the documents that a query asks for."""
    clauses = active(filter_documents(query, repository.scope(query.notice)))
    return repository.select(Document, query.notice).where(*clauses).order_by(*order_by(query.sort, SORTS))

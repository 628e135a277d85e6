"""Rows of documents and organizations, with the places where they stand."""

from collections.abc import Iterator, Sequence

from sqlmodel import SQLModel

from app.models.document import DocumentRow
from app.models.organization import OrganizationRow
from app.models.passage import fold, fold_words
from app.models.place import Place, PlaceRow
from app.transcription.document import SourceDocument
from app.transcription.source import Span


def statement_spans(document: SourceDocument) -> dict[str, Span]:
    """Return the span of every statement by its id."""
    statements = document.transcription.statements
    return {statement.id: document.spans[f"$.statements[{n}].quote"] for n, statement in enumerate(statements)}


def document_rows(document: SourceDocument) -> Iterator[SQLModel]:
    """Yield documents, each followed by its places. An issuer that is a named body is given by its id too."""
    bodies = {body.name: body.id for body in document.transcription.organizations if body.named}
    for n, text in enumerate(document.transcription.documents):
        codes = [place.act or text.act for place in text.places]
        places = list(_places(document, "document", text.id, f"$.documents[{n}].places", codes))
        yield DocumentRow(
            notice=document.slug,
            position=n,
            issuer_id=bodies.get(text.issuer or ""),
            start=places[0].start,
            end=places[0].end,
            places=_public(places, "act"),
            folded=fold(text.name),
            folded_en=fold_words(text.name_en or ""),
            **text.model_dump(exclude={"places"}),
        )
        yield from places


def organization_rows(document: SourceDocument) -> Iterator[SQLModel]:
    """Yield organizations, each followed by its places."""
    for n, body in enumerate(document.transcription.organizations):
        codes = [mention.part for mention in body.mentions]
        places = list(_places(document, "organization", body.id, f"$.organizations[{n}].mentions", codes))
        yield OrganizationRow(
            notice=document.slug,
            position=n,
            parts=list(dict.fromkeys(codes)),
            place_count=len(places),
            start=places[0].start,
            end=places[0].end,
            places=_public(places, "part"),
            folded=fold(body.name),
            folded_en=fold_words(body.name_en or ""),
            **body.model_dump(exclude={"mentions"}),
        )
        yield from places


def _places(document: SourceDocument, type: str, id: str, path: str, codes: Sequence[str]) -> Iterator[PlaceRow]:
    statements = statement_spans(document)
    for m, code in enumerate(codes):
        span = document.spans[f"{path}[{m}].quote"]
        section = next(name for name, whole in document.section_spans.items() if whole.contains(span))
        yield PlaceRow(
            notice=document.slug,
            type=type,
            id=id,
            position=m,
            code=code,
            section_id=section,
            statement_id=next((name for name, clause in statements.items() if clause.contains(span)), None),
            issue_number=issue.number if (issue := document.issues.get(section)) else None,
            **document.record_columns("text", span),
        )


def _public(places: Sequence[PlaceRow], field: str) -> list[dict[str, object]]:
    """Return the places as they are served, their code under the name of its field."""
    return [{**place.model_dump(include=set(Place.model_fields)), field: place.code} for place in places]

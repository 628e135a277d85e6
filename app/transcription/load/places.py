"""Rows of documents and organizations, with the places where they stand."""

from collections.abc import Iterator, Sequence

from sqlmodel import SQLModel

from app.models.document import DocumentRow
from app.models.organization import OrganizationRow
from app.models.passage import fold, fold_words
from app.models.place import PlaceRow
from app.transcription.document import SourceDocument


def document_rows(document: SourceDocument) -> Iterator[SQLModel]:
    """Yield documents, and then their places. An issuer that is a named body is given by its id too."""
    standing: list[PlaceRow] = []
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
            folded=fold(text.name),
            folded_en=fold_words(text.name_en or ""),
            translation=document.translation(text.name_en),
            **text.model_dump(exclude={"places"}),
        )
        standing += places
    yield from standing


def organization_rows(document: SourceDocument) -> Iterator[SQLModel]:
    """Yield organizations, and then their places."""
    standing: list[PlaceRow] = []
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
            folded=fold(body.name),
            folded_en=fold_words(body.name_en or ""),
            translation=document.translation(body.name_en),
            **body.model_dump(exclude={"mentions"}),
        )
        standing += places
    yield from standing


def _places(document: SourceDocument, type: str, id: str, path: str, codes: Sequence[str]) -> Iterator[PlaceRow]:
    for m, code in enumerate(codes):
        span = document.spans[f"{path}[{m}].quote"]
        section = document.section_index.containing(span)
        assert section
        yield PlaceRow(
            notice=document.slug,
            type=type,
            id=id,
            position=m,
            code=code,
            section_id=section,
            statement_id=document.statement_index.containing(span),
            issue_number=issue.number if (issue := document.issues.get(section)) else None,
            **document.record_columns("text", span),
        )

"""The layout of documents: the rules, plans, lists and the like that a notice says were made or acted on."""

from typing import Annotated

from app.models.vocabulary import Coded
from app.transcription.layout.types import DraftEnglish, Id, Quote, StrictModel, Text


class DocumentPlace(StrictModel):
    """A place where a document is named. `act` is given where another act is printed there than in the first place."""

    sparse = frozenset({"act"})

    section: Id
    quote: Quote
    act: Annotated[str, Coded("document_act")] | None = None


class Document(StrictModel):
    """A document: its name as printed in its first place, and what is said of it there. `issuer` is as printed."""

    id: Id
    name: Text
    name_en: DraftEnglish = None
    type: Annotated[str, Coded("document_type")]
    act: Annotated[str, Coded("document_act")]
    issuer: Text | None = None
    places: list[DocumentPlace]


class Undocumented(StrictModel):
    """A measure whose verb makes, revises or carries out something that is no document, and why it is none."""

    statement: Id
    verb: Text
    reason: Annotated[str, Coded("undocumented_reason")]

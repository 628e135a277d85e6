"""The layout of `readings/`: two readings of a notice by one manual, file by file, and how their differences end.

Keys that are null are left out. Each reading is a folder, `first` and `second`.
"""

from typing import Annotated

from app.models.vocabulary import Coded
from app.transcription.layout.types import Id, Number, StrictModel, Text


class _Coding(StrictModel):
    """What both readings decide of a clause."""

    role: Annotated[str, Coded("statement_role")]
    kind: Annotated[str, Coded("measure_kind")] | None = None
    actor: Text | None = None
    prompted_by: Text | None = None
    directive: Text | None = None
    directive_code: Annotated[str, Coded("directive")] | None = None
    sanction: Annotated[str, Coded("sanction")] | None = None


class ReadMeasure(_Coding):
    """A statement of an issue, whose bounds were given."""

    id: Id


class ReadClause(_Coding):
    """A clause outside the issues, whose bounds are part of the reading."""

    section: Id
    quote: Text
    modality: Annotated[str, Coded("modality")] | None = None
    modality_text: Text | None = None


class _ReadPlace(StrictModel):
    section: Id
    statement: Id | None = None
    quote: Text


class ReadDocumentPlace(_ReadPlace):
    act: Annotated[str, Coded("document_act")] | None = None


class ReadDocument(StrictModel):
    """A document. `act` is that of its first place."""

    name: Text
    type: Annotated[str, Coded("document_type")]
    act: Annotated[str, Coded("document_act")]
    issuer: Text | None = None
    places: list[ReadDocumentPlace]


class ReadUndocumented(StrictModel):
    """A measure whose verb has no document, and why."""

    statement: Id
    verb: Text
    reason: Annotated[str, Coded("undocumented_reason")]


class ReadMention(_ReadPlace):
    part: Annotated[str, Coded("organization_part")]


class ReadOrganization(StrictModel):
    """A body with its mentions. One that is only singled out is a record of its own in each section."""

    name: Text
    type: Annotated[str, Coded("organization_type")]
    named: bool
    mentions: list[ReadMention]


class ReadFigure(StrictModel):
    """A figure of which the reading changes what was there before."""

    id: Id
    per: Annotated[str, Coded("per")] | None = None
    period_kind: Annotated[str, Coded("period_kind")]
    period_text: Text | None = None


class ReadTopics(StrictModel):
    """The topics of an issue; their order is no part of the reading."""

    issue: Number
    topics: list[Annotated[str, Coded("topic")]]


class Difference(StrictModel):
    """Two values of one field, the one that holds, and why. For presence the values are true and false."""

    field: Text
    key: Text
    first: str | bool | None
    second: str | bool | None
    settled: str | bool | None
    why: Text


class Reading(StrictModel):
    """One reading; each field is a file of its folder."""

    clauses: list[ReadClause]
    measures: list[ReadMeasure]
    documents: list[ReadDocument]
    undocumented: list[ReadUndocumented]
    organizations: list[ReadOrganization]
    figures: list[ReadFigure]
    topics: list[ReadTopics]

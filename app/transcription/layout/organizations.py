"""The layout of organizations: the bodies that a notice names or singles out."""

from typing import Annotated

from app.models.vocabulary import Coded
from app.transcription.layout.types import DraftEnglish, Id, Quote, StrictModel, Text


class Mention(StrictModel):
    """A place where a body stands, and the part that it plays there."""

    section: Id
    quote: Quote
    part: Annotated[str, Coded("organization_part")]


class Organization(StrictModel):
    """A body, named or only singled out (某镇), with every place where it stands."""

    id: Id
    name: Text
    name_en: DraftEnglish = None
    type: Annotated[str, Coded("organization_type")]
    named: bool
    mentions: list[Mention]

"""The shape of the notice's own record: what it is, which inspection it answers, and what it leaves unsaid."""

from typing import Annotated

from pydantic import StringConstraints

from app.models.vocabulary import Coded
from app.transcription.layout.types import Chinese, Day, English, Id, Number, Quote, Sha256, Shape, Text


class Inspection(Shape):
    """The inspection that the notice answers; what ends in `text` are its words, null where it does not print them."""

    type: Annotated[str, Coded("inspection_type")]
    text: Quote
    committee: Number | None
    round: Number | None
    team: Number | None
    team_text: Quote | None
    start_date: Day | None
    end_date: Day | None
    period_text: Quote | None
    feedback_date: Day | None
    feedback_text: Quote | None


class Gap(Shape):
    """Something that a reader would look for and that the notice does not state."""

    field: Text
    zh: Chinese
    en: English


class Notice(Shape):
    """The notice as a whole. `residue` is what the web page left in the source and is no part of it."""

    slug: Id
    title: Quote
    title_en: English
    date: Day
    date_text: Quote
    source_name: Quote
    source_url: Text
    source_sha256: Sha256
    residue: list[Text]
    inspected_body: Quote
    inspected_body_en: English
    division_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    inspection: Inspection
    rights: Chinese
    rights_en: English
    transcription_license: Text
    released: Day
    not_stated: list[Gap]

"""The shape of `seed/`: what a person writes down about a notice, and nothing that a program can compute."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.models.metric import Nature, Qualifier
from app.models.notice import Gap
from app.models.vocabulary import Coded
from app.transcription.fields import Day, English, Exact, Id, Number, Quote, Sha256, Shape, Text


class Inspection(Shape):
    """The inspection that the notice answers; `text`, `team_text`, `period_text`, `feedback_text` are its words."""

    type: Annotated[str, Coded("inspection_type")]
    text: Quote
    committee: Number
    round: Number
    team: Number
    team_text: Quote
    start_date: Day
    end_date: Day
    period_text: Quote
    feedback_date: Day
    feedback_text: Quote


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
    rights: Text
    rights_en: English
    transcription_license: Text
    released: Day
    not_stated: list[Gap]


class Section(Shape):
    """A node of the outline: its printed heading, marker and all, and its own paragraphs, whole."""

    id: Id
    parent: Id | None
    role: Annotated[str, Coded("section_role")]
    marker: Text | None
    heading: Text | None
    title_en: English | None
    text: list[Text]


class Category(Shape):
    number: Number
    section: Id
    framework: Annotated[str, Coded("category_framework")]


class Issue(Shape):
    number: Number
    section: Id
    category: Number
    problem: Quote
    topics: Annotated[list[Annotated[str, Coded("topic")]], Field(min_length=1, max_length=3)]


class Statement(Shape):
    """A clause of an issue's text. `kind` to `modality_text` are for measures; null for the other roles."""

    id: Id
    issue: Number
    role: Annotated[str, Coded("statement_role")]
    quote: Text
    text_en: English
    kind: Annotated[str, Coded("measure_kind")] | None
    actor: Quote | None
    prompted_by: Quote | None
    modality: Annotated[str, Coded("modality")] | None
    modality_text: Quote | None


class Metric(Shape):
    """A figure. `quote` is its whole sentence; every other quote is found within that."""

    id: Id
    section: Id
    quote: Quote
    value_text: Quote
    value: Exact
    direction: Annotated[str, Coded("direction")] | None
    unit: Text | None
    unit_code: Annotated[str, Coded("unit")] | None
    multiplier: int
    qualifier: Qualifier
    nature: Nature
    comparison: Annotated[str, Coded("comparison")] | None
    comparison_text: Quote | None
    period_kind: Annotated[str, Coded("period_kind")]
    period_start: Day | None
    period_end: Day | None
    period_text: Quote | None
    counted: Quote
    counted_en: English
    counted_code: Annotated[str, Coded("counted")]
    scope: Annotated[str, Coded("scope")]
    indicator: Annotated[str, Coded("indicator")] | None
    same_as: Id | None
    part_of: Id | None
    denominator: Id | None
    label: Text
    label_en: English
    note: Text | None
    note_en: Text | None


class Numeral(Shape):
    """One printed number, in reading order within its section."""

    id: Id
    section: Id
    text: Text
    class_: Annotated[str, Coded("numeral_class"), Field(alias="class")]


class ContactLine(Shape):
    id: Id
    section: Id
    kind: Annotated[str, Coded("contact_kind")]
    label: Quote | None
    label_en: English
    text: Quote
    text_en: English | None
    uri: Text | None


class Declaration(Shape):
    """A total that the notice declares, and what of the transcription it may be held against, if anything."""

    metric: Id
    counted_as: Annotated[str, Coded("counted_as")] | None
    comparable: bool
    note: Text
    note_en: English


class Transcription(Shape):
    """`notice.json`: one notice."""

    notice: Notice
    sections: list[Section]
    categories: list[Category]
    issues: list[Issue]
    statements: list[Statement]
    metrics: list[Metric]
    numerals: list[Numeral]
    contact: list[ContactLine]
    reconciliation: list[Declaration]

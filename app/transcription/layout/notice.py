"""The shape of `seed/`: what a person writes down about a notice, and nothing that a program can compute."""

from typing import Annotated

from pydantic import Field

from app.models.metric import Nature, Qualifier
from app.models.vocabulary import Coded
from app.transcription.layout.masthead import Notice
from app.transcription.layout.types import Chinese, Day, English, Exact, Id, Number, Quote, Shape, Text


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
    label: Chinese
    label_en: English
    note: Chinese | None
    note_en: English | None


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
    note: Chinese
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

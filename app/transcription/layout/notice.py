"""The layout of `notice.json`: what an editor writes down about a notice, and nothing that can be computed from it.

The checks find printed text in the source: a `Quote` anywhere in its section or sentence, a plain `Text` of sections,
statements and numerals in reading order. `Chinese` and `English` are editorial.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.models.metric import Nature, Qualifier
from app.models.vocabulary import Coded
from app.transcription.layout.documents import Document, Undocumented
from app.transcription.layout.organizations import Organization
from app.transcription.layout.types import Chinese, Day, English, Exact, Id, Number, Quote, Sha256, StrictModel, Text


class Inspection(StrictModel):
    """The inspection that the notice responds to. Fields that end in `text` are quotes; null if nothing is printed."""

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


class Gap(StrictModel):
    """Information that a reader would expect and that the notice does not state."""

    field: Text
    zh: Chinese
    en: English


class Notice(StrictModel):
    """The notice itself. `residue` is text that the web page left at the end of the source."""

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
    not_stated: list[Gap]


class Section(StrictModel):
    """A node of the outline: its printed heading, which includes the marker, and its own paragraphs in full."""

    id: Id
    parent: Id | None
    role: Annotated[str, Coded("section_role")]
    marker: Text | None
    heading: Text | None
    title_en: English | None
    text: list[Text]


class Category(StrictModel):
    """A group of issues, with the section whose heading is its title."""

    number: Number
    section: Id
    framework: Annotated[str, Coded("category_framework")]


class Issue(StrictModel):
    """A problem that the inspection found; its heading quotes the problem, its text reports the rectification."""

    number: Number
    section: Id
    category: Number
    problem: Quote
    topics: Annotated[list[Annotated[str, Coded("topic")]], Field(min_length=1, max_length=3)]


class Statement(StrictModel):
    """A clause of a section's text. Only measures have the fields from `kind` to `modality_text`.

    `directive` is the printed verb that has the actor act, and `sanction` the form of handling that the clause prints.
    """

    id: Id
    section: Id
    role: Annotated[str, Coded("statement_role")]
    quote: Text
    text_en: English
    kind: Annotated[str, Coded("measure_kind")] | None
    actor: Quote | None
    prompted_by: Quote | None
    directive: Quote | None
    directive_code: Annotated[str, Coded("directive")] | None
    modality: Annotated[str, Coded("modality")] | None
    modality_text: Quote | None
    sanction: Annotated[str, Coded("sanction")] | None


class Metric(StrictModel):
    """A figure. `quote` is its whole sentence, in which every other quote is found."""

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
    per: Annotated[str, Coded("per")] | None
    scope: Annotated[str, Coded("scope")]
    indicator: Annotated[str, Coded("indicator")] | None
    same_as: Id | None
    part_of: Id | None
    denominator: Id | None
    label: Chinese
    label_en: English
    note: Chinese | None
    note_en: English | None


class Numeral(StrictModel):
    """A printed number, in reading order within its section."""

    id: Id
    section: Id
    text: Text
    class_: Annotated[str, Coded("numeral_class"), Field(alias="class")]


class ContactLine(StrictModel):
    """A line of the contact details; `uri` is its `tel:` or `mailto:` address, if it has one."""

    id: Id
    section: Id
    kind: Annotated[str, Coded("contact_kind")]
    label: Quote | None
    label_en: English
    text: Quote
    text_en: English | None
    uri: Text | None


class Declaration(StrictModel):
    """A total that the notice declares, and the count of this transcription that is nearest to it, if any."""

    metric: Id
    counted_as: Annotated[str, Coded("counted_as")] | None
    comparable: bool
    note: Chinese
    note_en: English


class Transcription(StrictModel):
    """The content of `notice.json`: one notice."""

    notice: Notice
    sections: list[Section]
    categories: list[Category]
    issues: list[Issue]
    statements: list[Statement]
    metrics: list[Metric]
    numerals: list[Numeral]
    contact: list[ContactLine]
    reconciliation: list[Declaration]
    documents: list[Document]
    undocumented: list[Undocumented]
    organizations: list[Organization]

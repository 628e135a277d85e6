"""The layout of `notice.json`: what an editor writes down about a notice, and nothing that can be computed from it.

The checks find printed text in the source: a `Quote` anywhere in its section or sentence, a plain `Text` of sections,
statements and numerals in reading order. `Chinese` and `English` are editorial.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.models.metric import Nature, Qualifier
from app.models.notice import Stage
from app.models.vocabulary import Coded
from app.transcription.layout.documents import Document, Undocumented
from app.transcription.layout.inspection import Inspection, Rectification
from app.transcription.layout.organizations import Organization
from app.transcription.layout.types import (
    Chinese,
    Day,
    DraftEnglish,
    English,
    Exact,
    Id,
    Number,
    Published,
    Quote,
    Sha256,
    StrictModel,
    Text,
)


class Body(StrictModel):
    """An inspected body beside the first one."""

    text: Quote
    text_en: DraftEnglish = None


class Gap(StrictModel):
    """Information that a reader would expect and that the notice does not state."""

    field: Text
    zh: Chinese
    en: DraftEnglish = None


class Notice(StrictModel):
    """The notice itself. `residue` is text that the web page left in the source, in the order in which it stands there.

    `date` is null where no day is printed, though `date_text` may name a month. `translation` tells how all English of
    the notice came about.
    """

    sparse = frozenset({"stage", "translation", "further_bodies", "rectification"})

    slug: Id
    stage: Annotated[Stage, Coded("stage")] = "published"
    title: Quote
    title_en: DraftEnglish = None
    date: Day | None = None
    date_text: Quote | None = None
    source_name: Quote | None = None
    source_url: Text | None = None
    source_sha256: Sha256
    residue: list[Text]
    inspected_body: Quote
    inspected_body_en: DraftEnglish = None
    translation: Annotated[str, Coded("translation")] | None = None
    further_bodies: list[Body] = []
    division_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] | None = None
    inspection: Inspection
    rectification: Rectification | None = None
    rights: Chinese
    rights_en: DraftEnglish = None
    transcription_license: Text
    not_stated: list[Gap]


class Section(StrictModel):
    """A node of the outline: its printed heading, which includes the marker, and its own paragraphs in full.

    `labels` are run-in labels of its text (整改情况:), in reading order, which belong to no clause.
    """

    sparse = frozenset({"labels"})

    id: Id
    parent: Id | None = None
    role: Annotated[str, Coded("section_role")]
    marker: Text | None = None
    heading: Text | None = None
    title_en: English | None = None
    text: list[Text]
    labels: list[Text] = []


class Category(StrictModel):
    """A group of issues, with the section whose heading is its title."""

    number: Number
    section: Id
    framework: Annotated[str, Coded("category_framework")] | None = None


class Issue(StrictModel):
    """A problem that the inspection found; its heading quotes the problem, its text reports the rectification.

    Numbered points under it that tell what was done are sections of the same role, and parts of its text.

    `category` is null where no category stands above it. Status, deadline and responsible bodies are given only where
    the notice prints them for this very issue: in its section, or in `row`, the section of an annex that is about it.
    """

    sparse = frozenset({"status", "status_text", "deadline_text", "responsible_text", "row"})

    number: Number
    section: Id
    category: Number | None = None
    problem: Quote
    topics: Annotated[list[Annotated[str, Coded("topic")]], Field(max_length=3), Published()]
    status: Annotated[str, Coded("issue_status")] | None = None
    status_text: Quote | None = None
    deadline_text: Quote | None = None
    responsible_text: Quote | None = None
    row: Id | None = None


class Statement(StrictModel):
    """A clause of a section's text. Only measures have the fields from `kind` to `modality_text`.

    `directive` is the printed verb that has the actor act, `sanction` the form of handling that the clause prints, and
    `marker` a printed number in front of the clause (一是), which is no part of it.
    """

    sparse = frozenset({"marker"})

    id: Id
    section: Id
    role: Annotated[str, Coded("statement_role")]
    marker: Text | None = None
    quote: Text
    text_en: English | None = None
    kind: Annotated[str, Coded("measure_kind")] | None = None
    actor: Quote | None = None
    prompted_by: Quote | None = None
    directive: Quote | None = None
    directive_code: Annotated[str, Coded("directive")] | None = None
    modality: Annotated[str, Coded("modality")] | None = None
    modality_text: Quote | None = None
    sanction: Annotated[str, Coded("sanction")] | None = None


class Metric(StrictModel):
    """A figure. `quote` is its whole sentence, in which every other quote is found."""

    id: Id
    section: Id
    quote: Quote
    value_text: Quote
    value: Exact
    direction: Annotated[str, Coded("direction")] | None = None
    unit: Text | None = None
    unit_code: Annotated[str, Coded("unit")] | None = None
    multiplier: int
    qualifier: Qualifier
    nature: Nature
    comparison: Annotated[str, Coded("comparison")] | None = None
    comparison_text: Quote | None = None
    period_kind: Annotated[str, Coded("period_kind")]
    period_start: Day | None = None
    period_end: Day | None = None
    period_text: Quote | None = None
    counted: Quote
    counted_en: DraftEnglish = None
    counted_code: Annotated[str, Coded("counted")]
    per: Annotated[str, Coded("per")] | None = None
    scope: Annotated[str, Coded("scope")]
    indicator: Annotated[str, Coded("indicator")] | None = None
    same_as: Id | None = None
    part_of: Id | None = None
    denominator: Id | None = None
    label: Chinese
    label_en: DraftEnglish = None
    note: Chinese | None = None
    note_en: English | None = None


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
    label: Quote | None = None
    label_en: DraftEnglish = None
    text: Quote
    text_en: English | None = None
    uri: Text | None = None


class Declaration(StrictModel):
    """A total that the notice declares, and the count of this transcription that is nearest to it, if any."""

    metric: Id
    counted_as: Annotated[str, Coded("counted_as")] | None = None
    comparable: bool
    note: Chinese
    note_en: DraftEnglish = None


class Transcription(StrictModel):
    """The content of `notice.json`: one notice. `$schema` may name the schema, for editors that complete from it."""

    sparse = frozenset({"schema_"})

    schema_: Annotated[Text | None, Field(alias="$schema")] = None
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

"""The glossary: terms of the notices that a foreign reader can't know, explained, and where each stands."""

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.models.record import Collection, End, Start


class GlossaryEntryFields(SQLModel):
    term: str = Field(description="As printed.")
    forms: list[str] = Field(sa_type=JSON, description="Further printed forms of the same term.")
    not_in: list[str] = Field(sa_type=JSON, description="Longer words that hold its characters and do not mean it.")
    pinyin: str = Field(description="Hanyu Pinyin with tone marks.")
    en: str = Field(description="A short English rendering, unofficial.")
    definition: str = Field(description="What it is, in Chinese; ours, unofficial.")
    definition_en: str = Field(description="What it is, in English; ours, unofficial.")
    uncertain: bool = Field(description="Whether meaning or members are not certain; the note says what is not.")
    note: str | None
    note_en: str | None


class GlossaryEntryRow(GlossaryEntryFields, table=True):
    __tablename__ = "glossary_entry"

    id: str = Field(primary_key=True)


class OccurrenceFields(SQLModel):
    notice: str = Field(description="The notice in which it stands.")
    text: str = Field(description="The term as printed there.")
    start: Start
    end: End


class OccurrenceRow(OccurrenceFields):
    notice: str = Field(primary_key=True, foreign_key="notice.slug")
    start: int = Field(primary_key=True)
    entry_id: str = Field(foreign_key="glossary_entry.id", index=True)


class OccurrenceTable(OccurrenceRow, table=True):
    __tablename__ = "occurrence"


class Occurrence(OccurrenceFields):
    """A place at which a term stands."""


class _Named(SQLModel):
    id: str = Field(description="A readable slug, decided once.")
    url: str = Field(description="The entry's permanent address, path-absolute.")


class Explanation(GlossaryEntryFields, _Named):
    """A term and what it means, whatever the notice."""


class GlossaryEntry(Explanation, Collection):
    """A term, what it means, and where it stands. Shared by all notices."""

    collection = "glossary"
    collection_zh = "术语"

    places: list[Occurrence] = Field(
        description="Where it stands in the notice asked for; what is part of a longer term is left to that one."
    )

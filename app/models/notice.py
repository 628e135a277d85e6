"""A notice: who published it about which inspection, and what it leaves unsaid."""

from collections.abc import Mapping
from datetime import date as Day
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel
from sqlalchemy import JSON, String
from sqlmodel import Field, SQLModel

from app.models.citation import Work
from app.models.indicator import Total
from app.models.record import TRANSLATION, Cited, Collection, End, Start, cite
from app.models.vocabulary import Coded

# A draft holds a program's guesses that nobody has looked at yet. The checks tell the two apart, so they stand in code.
Stage = Literal["draft", "published"]

# Rows that a notice may have in each table: those of the n-th notice, from 0, are numbered from n * ROWS + 1 on.
ROWS = 1 << 16

_LICENSE_URLS = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}


def license_url(identifier: str) -> str:
    """Return the address of the licence that an SPDX identifier names; for an unknown one, of SPDX's page on it."""
    return _LICENSE_URLS.get(identifier, f"https://spdx.org/licenses/{identifier}.html")


class Gap(BaseModel):
    """Something that a reader would look for and that the notice does not state."""

    field: str = Field(description="What is missing, as a field would be named.")
    zh: str
    en: str | None


class Residue(BaseModel):
    """What the web page left in the source."""

    text: str
    start: Start
    end: End


class InspectedBody(BaseModel):
    """A body that was inspected, beside the first one."""

    text: str = Field(description="As printed.")
    start: Start
    end: End
    text_en: str | None = Field(description="Unofficial translation.")


class InspectionTeam(BaseModel):
    """An inspection team, beside the first one."""

    team: int | None = Field(description="Its number, if it has one.")
    text: str = Field(description="As printed.")
    start: Start
    end: End


class NoticeFields(SQLModel):
    stage: Annotated[Stage, Coded("stage")] = Field(
        sa_type=String, description="Of a draft, a program's guesses are part; nobody has looked at all of it."
    )
    title: str = Field(description="As printed, without the date that the page puts behind it.")
    title_start: Start
    title_end: End
    title_en: str | None = Field(description="Unofficial translation; null where a draft has none yet.")
    date: Day | None = Field(description="The date of publication; null where no day is printed.")
    date_text: str | None = Field(description="The date as printed, perhaps a month alone; null where there is none.")
    date_text_start: Start | None
    date_text_end: End | None
    source_name: str | None = Field(description="What the page's own source line names; null where there is none.")
    source_name_start: Start | None
    source_name_end: End | None
    source_url: str | None = Field(description="Where the same text stands on the web; null where that is not known.")
    inspected_body: str = Field(description="The body that was inspected and reports, as printed.")
    inspected_body_start: Start
    inspected_body_end: End
    inspected_body_en: str | None = Field(description="Unofficial translation; null where a draft has none yet.")
    translation: Annotated[str, Coded("translation")] | None = Field(description=TRANSLATION)
    further_inspected_bodies: list[InspectedBody] = Field(
        sa_type=JSON, description="Further bodies that report in the same notice."
    )
    division_code: str | None = Field(description="Administrative division, GB/T 2260; null where there is none.")
    inspection_type: Annotated[str, Coded("inspection_type")] | None
    inspection_text: str | None = Field(description="The inspection as printed, with committee term and round.")
    inspection_text_start: Start | None
    inspection_text_end: End | None
    inspection_look_back_text: str | None = Field(
        description="The words that say that it looked back at an earlier inspection (回头看)."
    )
    inspection_look_back_text_start: Start | None
    inspection_look_back_text_end: End | None
    inspection_committee: int | None = Field(description="Which term of the committee that inspected.")
    inspection_round: int | None = Field(description="Which round of that committee's inspections.")
    inspection_team: int | None = Field(description="The number of the inspection team.")
    inspection_team_text: str | None = Field(description="The team as printed.")
    inspection_team_text_start: Start | None
    inspection_team_text_end: End | None
    inspection_further_teams: list[InspectionTeam] = Field(sa_type=JSON, description="Further teams that inspected.")
    inspection_start_date: Day | None
    inspection_end_date: Day | None
    inspection_period_text: str | None = Field(description="Start and end of the inspection as printed.")
    inspection_period_text_start: Start | None
    inspection_period_text_end: End | None
    feedback_date: Day | None = Field(description="When the inspection's findings were given to the inspected body.")
    feedback_text: str | None = Field(description="That date as printed.")
    feedback_text_start: Start | None
    feedback_text_end: End | None
    rectification_start_date: Day | None
    rectification_end_date: Day | None
    rectification_period_text: str | None = Field(description="The time of the rectification as printed.")
    rectification_period_text_start: Start | None
    rectification_period_text_end: End | None
    not_stated: list[Gap] = Field(sa_type=JSON, description="What the notice does not state; nothing fills it in.")
    rights: str = Field(description="The terms of the notice itself, as found.")
    rights_en: str | None
    transcription_license: str = Field(description="SPDX identifier of the transcription's licence.")
    source_sha256: str = Field(description="SHA-256 of the source text's bytes (`/source.txt`).")
    source_characters: int = Field(description="Length of the source text in code points.")
    residue: list[Residue] = Field(
        sa_type=JSON, description="What the web page left in the source text, which is no part of the notice."
    )
    read_twice: bool = Field(description="Whether its judgements were made in two readings, which were compared.")


class NoticeRow(NoticeFields, table=True):
    __tablename__ = "notice"

    slug: str = Field(primary_key=True)
    position: int
    text: str
    characters: int
    characters_in_sections: int
    characters_in_residue: int
    contact: str = ""
    public_json: str = ""


class _Named(SQLModel):
    notice: str = Field(description="The notice's slug: the value of every `notice` parameter.")
    uid: str
    url: str


class NoticeRecord(NoticeFields, _Named):
    """What is said of a notice, whichever data it is served with."""

    totals: dict[Annotated[str, Coded("indicator")], Total] = Field(
        description="The headline figures as printed, by indicator; one that is not printed is absent."
    )


class Notice(NoticeRecord, Collection):
    """One notice."""

    collection = "notices"
    collection_zh = "通报"
    row: ClassVar[type[SQLModel]] = NoticeRow
    key: ClassVar[str] = "slug"
    only: ClassVar[dict[str, str]] = {}

    data_version: str = Field(description="Hash of all that was loaded; changes when the data does, and only then.")
    released: Day = Field(description="When this state of the data was released; `/changes` lists all releases.")
    api_version: str = Field(description="Version of this software.")

    @classmethod
    def cite(cls, record: Mapping[str, Any], work: Work, base: str) -> dict[str, str]:
        """Return the citations of a notice as a whole."""
        query = f"?notice={record['notice']}"
        return cite(work, None, base, f"/{query}", f"/notice{query}")


class NoticeDetail(Cited, Notice):
    """A notice with its citation."""

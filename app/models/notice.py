"""A notice: who published it about which inspection, and what it leaves unsaid."""

from collections.abc import Mapping
from datetime import date as Day
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel
from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from app.models.citation import Work
from app.models.indicator import Total
from app.models.record import Cited, Collection, End, Start, cite
from app.models.vocabulary import Coded

_LICENSE_URLS = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}


def license_url(identifier: str) -> str:
    """Return the address of the licence that an SPDX identifier names; for an unknown one, of SPDX's page on it."""
    return _LICENSE_URLS.get(identifier, f"https://spdx.org/licenses/{identifier}.html")


class Gap(BaseModel):
    """Something that a reader would look for and that the notice does not state."""

    field: str = Field(description="What is missing, as a field would be named.")
    zh: str
    en: str


class NoticeFields(SQLModel):
    title: str = Field(description="As printed, without the date that the page puts behind it.")
    title_start: Start
    title_end: End
    title_en: str = Field(description="Unofficial translation.")
    date: Day
    date_text: str = Field(description="The date of publication as printed.")
    date_text_start: Start
    date_text_end: End
    source_name: str = Field(description="What the page's own source line names.")
    source_name_start: Start
    source_name_end: End
    source_url: str = Field(description="Where the same text stands on the web.")
    inspected_body: str = Field(description="The body that was inspected and reports, as printed.")
    inspected_body_start: Start
    inspected_body_end: End
    inspected_body_en: str = Field(description="Unofficial translation.")
    division_code: str = Field(description="Administrative division, GB/T 2260.")
    inspection_type: Annotated[str, Coded("inspection_type")]
    inspection_text: str = Field(description="Committee term and round as printed.")
    inspection_text_start: Start
    inspection_text_end: End
    inspection_committee: int | None = Field(description="Which municipal committee (its term) inspected.")
    inspection_round: int | None = Field(description="Which round of that committee's inspections.")
    inspection_team: int | None = Field(description="The number of the inspection team.")
    inspection_team_text: str | None = Field(description="The team as printed.")
    inspection_team_text_start: Start | None
    inspection_team_text_end: End | None
    inspection_start_date: Day | None
    inspection_end_date: Day | None
    inspection_period_text: str | None = Field(description="Start and end of the inspection as printed.")
    inspection_period_text_start: Start | None
    inspection_period_text_end: End | None
    feedback_date: Day | None = Field(description="When the inspection's findings were given to the inspected body.")
    feedback_text: str | None = Field(description="That date as printed.")
    feedback_text_start: Start | None
    feedback_text_end: End | None
    not_stated: list[Gap] = Field(sa_type=JSON, description="What the notice does not state; nothing fills it in.")
    rights: str = Field(description="The terms of the notice itself, as found.")
    rights_en: str
    transcription_license: str = Field(description="SPDX identifier of the transcription's licence.")
    source_sha256: str = Field(description="SHA-256 of the source text's bytes (`/source.txt`).")
    source_characters: int = Field(description="Length of the source text in code points.")


class NoticeRow(NoticeFields, table=True):
    __tablename__ = "notice"

    slug: str = Field(primary_key=True)
    position: int
    text: str
    characters: int
    characters_in_sections: int
    characters_in_residue: int
    first_passage: int = 0
    last_passage: int = 0
    contact: str = ""
    public_json: str = ""


class _Named(SQLModel):
    notice: str = Field(description="The notice's slug: the value of every `notice` parameter.")
    uid: str
    url: str


class Notice(NoticeFields, _Named, Collection):
    """One notice."""

    collection = "notices"
    collection_zh = "通报"
    row: ClassVar[type[SQLModel]] = NoticeRow
    key: ClassVar[str] = "slug"
    json_column: ClassVar[str] = "public_json"
    only: ClassVar[dict[str, str]] = {}

    totals: dict[Annotated[str, Coded("indicator")], Total] = Field(
        description="The headline figures as printed, by indicator; one that is not printed is absent."
    )
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

"""Locations: the answer to whether words stand in a notice."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.models.search_hit import RecordLink
from app.models.vocabulary import Component


class LocatedPlace(BaseModel):
    """One place where the words stand, or what is nearest to them."""

    start: int
    end: int
    text: str = Field(description="What stands there.")
    sentence: str
    sentence_start: int
    sentence_end: int
    section_id: str
    issue_number: int | None
    records: list[RecordLink] = Field(
        description="The records at the place: measures and figures that it touches, and its issue."
    )


class LocatedDifference(BaseModel):
    """Where what stands there differs from what was asked for, in whole words and whole figures with their units."""

    asked: str = Field(description="Empty if the notice says more.")
    stands: str = Field(description="Empty if the notice says less.")
    start: int
    end: int


class Location(BaseModel):
    """Whether, where and how the words stand in the notice."""

    notice: str
    url: str
    text: str = Field(description="The words asked for.")
    status: Annotated[Literal["exact", "equivalent", "near", "absent"], Component("QuotationStatus")] = Field(
        description="`equivalent` differs only in width, case, blanks, punctuation, traditional characters or the "
        "writing of numerals; `near` in what `differences` shows."
    )
    statement: str = Field(description="The status in words. It is about words, not about truth.")
    statement_en: str
    places: list[LocatedPlace]
    differences: list[LocatedDifference]

"""The layout of the inspection that a notice responds to, and of the time of the rectification."""

from typing import Annotated

from app.models.vocabulary import Coded
from app.transcription.layout.types import Day, Number, Quote, StrictModel


class Team(StrictModel):
    """An inspection team beside the first one."""

    team: Number | None = None
    text: Quote


class Inspection(StrictModel):
    """The inspection that the notice responds to. Fields that end in `text` are quotes; null if nothing is printed."""

    sparse = frozenset({"further_teams", "look_back_text"})

    type: Annotated[str, Coded("inspection_type")] | None = None
    text: Quote | None = None
    look_back_text: Quote | None = None
    committee: Number | None = None
    round: Number | None = None
    team: Number | None = None
    team_text: Quote | None = None
    further_teams: list[Team] = []
    start_date: Day | None = None
    end_date: Day | None = None
    period_text: Quote | None = None
    feedback_date: Day | None = None
    feedback_text: Quote | None = None


class Rectification(StrictModel):
    """The time that was set or taken for the rectification; each date only as its words state it."""

    start_date: Day | None = None
    end_date: Day | None = None
    period_text: Quote

"""The notice's own record: each printed word found in the source, each date and number held to its words."""

import re

from app.transcription.document import Desk
from app.transcription.parsing.numerals import NUMERAL, worth
from app.transcription.parsing.periods import days

# Which words print a number of the inspection, and what stands behind it there.
_NUMBERS = {"committee": ("text", "届"), "round": ("text", "轮"), "team": ("team_text", "")}


def check_notice(desk: Desk) -> None:
    """The bytes are the transcribed ones, and title, dates and the inspection's particulars stand in them."""
    notice, whole = desk.transcription.notice, desk.source.whole
    if desk.source.sha256 != notice.source_sha256:
        desk.say(
            "$.notice.source_sha256", f"notice.txt has {desk.source.sha256}: it is not the text that was transcribed"
        )
    for field in ("title", "date_text", "source_name", "inspected_body"):
        desk.find(f"$.notice.{field}", getattr(notice, field), whole)
    for field in ("text", "team_text", "period_text", "feedback_text"):
        desk.find(f"$.notice.inspection.{field}", getattr(notice.inspection, field), whole)
    _check_dates(desk)
    _check_inspection(desk)


def _check_dates(desk: Desk) -> None:
    notice, inspection = desk.transcription.notice, desk.transcription.notice.inspection
    for path, stated in {
        "$.notice.date_text": (notice.date, notice.date),
        "$.notice.inspection.period_text": (inspection.start_date, inspection.end_date),
        "$.notice.inspection.feedback_text": (inspection.feedback_date, inspection.feedback_date),
    }.items():
        place = desk.at.get(path)
        if place and days(desk.source[place]) != stated:
            told = " to ".join(dict.fromkeys(map(str, stated)))
            desk.say(path, f"{desk.source[place]!r} does not say {told}")
        elif place is None and any(stated):
            desk.say(path, "a date without the words that state it")


def _check_inspection(desk: Desk) -> None:
    path, inspection = "$.notice.inspection", desk.transcription.notice.inspection
    for field, (words, mark) in _NUMBERS.items():
        place, stated = desk.at.get(f"{path}.{words}"), getattr(inspection, field)
        text = desk.source[place] if place else ""
        printed = re.findall(f"({NUMERAL.pattern}){mark}", text)
        if (stated is None and printed) or (stated is not None and stated not in map(worth, printed)):
            said = " and ".join(f"{numeral}{mark}" for numeral in printed) or f"no number of a {field}"
            desk.say(f"{path}.{field}", f"{text!r} says {said}, not {stated}")
    if place := desk.at.get(f"{path}.text"):
        types = desk.said("inspection_type", desk.source[place])
        if inspection.type not in types:
            said = " and ".join(types) or "no type"
            desk.say(f"{path}.type", f"{desk.source[place]!r} says {said}, not {inspection.type}")

"""The notice's own record: each printed word found in the source, each date and number held to its words."""

import re

from app.transcription.document import SourceDocument
from app.transcription.parsing.numerals import NUMERAL, worth
from app.transcription.parsing.periods import days

# Which words print a number of the inspection, and what stands behind it there.
_NUMBERS = {"committee": ("text", "届"), "round": ("text", "轮"), "team": ("team_text", "")}


def check_notice(document: SourceDocument) -> None:
    """The bytes are the transcribed ones, and title, dates and the inspection's particulars stand in them."""
    notice, whole = document.transcription.notice, document.source.whole
    if document.source.sha256 != notice.source_sha256:
        document.say(
            "$.notice.source_sha256",
            f"notice.txt has {document.source.sha256}: it is not the text that was transcribed",
        )
    for field in ("title", "date_text", "source_name", "inspected_body"):
        document.find(f"$.notice.{field}", getattr(notice, field), whole)
    for field in ("text", "team_text", "period_text", "feedback_text"):
        document.find(f"$.notice.inspection.{field}", getattr(notice.inspection, field), whole)
    _check_dates(document)
    _check_inspection(document)


def _check_dates(document: SourceDocument) -> None:
    notice, inspection = document.transcription.notice, document.transcription.notice.inspection
    for path, stated in {
        "$.notice.date_text": (notice.date, notice.date),
        "$.notice.inspection.period_text": (inspection.start_date, inspection.end_date),
        "$.notice.inspection.feedback_text": (inspection.feedback_date, inspection.feedback_date),
    }.items():
        place = document.at.get(path)
        if place and days(document.source[place]) != stated:
            told = " to ".join(dict.fromkeys(map(str, stated)))
            document.say(path, f"{document.source[place]!r} does not say {told}")
        elif place is None and any(stated):
            document.say(path, "a date without the words that state it")


def _check_inspection(document: SourceDocument) -> None:
    path, inspection = "$.notice.inspection", document.transcription.notice.inspection
    for field, (words, mark) in _NUMBERS.items():
        place, stated = document.at.get(f"{path}.{words}"), getattr(inspection, field)
        text = document.source[place] if place else ""
        printed = re.findall(f"({NUMERAL.pattern}){mark}", text)
        if (stated is None and printed) or (stated is not None and stated not in map(worth, printed)):
            said = " and ".join(f"{numeral}{mark}" for numeral in printed) or f"no number of a {field}"
            document.say(f"{path}.{field}", f"{text!r} says {said}, not {stated}")
    if place := document.at.get(f"{path}.text"):
        types = document.said("inspection_type", document.source[place])
        if inspection.type not in types:
            said = " and ".join(types) or "no type"
            document.say(f"{path}.type", f"{document.source[place]!r} says {said}, not {inspection.type}")

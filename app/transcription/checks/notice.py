"""Checks of the notice's own record: its quotes are in the source and state its dates and numbers."""

import re

from app.transcription.document import SourceDocument
from app.transcription.parsing.numerals import NUMERAL, parse_numeral
from app.transcription.parsing.periods import parse_period

# Of each number of the inspection, the quote that prints it and the character that follows it there.
_NUMBERS = {"committee": ("text", "届"), "round": ("text", "轮"), "team": ("team_text", "")}


def check_notice(document: SourceDocument) -> None:
    """Check that the source is the transcribed one and that it prints title, dates and details of the inspection."""
    notice, whole = document.transcription.notice, document.source.whole
    if document.source.sha256 != notice.source_sha256:
        message = f"notice.txt has {document.source.sha256}: it is not the text that was transcribed"
        document.report("$.notice.source_sha256", message)
    for field in ("title", "date_text", "source_name", "inspected_body"):
        document.find(f"$.notice.{field}", getattr(notice, field), whole)
    for field in ("text", "team_text", "period_text", "feedback_text"):
        document.find(f"$.notice.inspection.{field}", getattr(notice.inspection, field), whole)
    _check_dates(document)
    _check_inspection(document)


def _check_dates(document: SourceDocument) -> None:
    notice, inspection = document.transcription.notice, document.transcription.notice.inspection
    for path, period in {
        "$.notice.date_text": (notice.date, notice.date),
        "$.notice.inspection.period_text": (inspection.start_date, inspection.end_date),
        "$.notice.inspection.feedback_text": (inspection.feedback_date, inspection.feedback_date),
    }.items():
        span = document.spans.get(path)
        if span and parse_period(document.source[span]) != period:
            dates = " to ".join(dict.fromkeys(map(str, period)))
            document.report(path, f"{document.source[span]!r} does not say {dates}")
        elif span is None and any(period):
            document.report(path, "a date without the words that state it")


def _check_inspection(document: SourceDocument) -> None:
    path, inspection = "$.notice.inspection", document.transcription.notice.inspection
    for field, (quote, mark) in _NUMBERS.items():
        span, number = document.spans.get(f"{path}.{quote}"), getattr(inspection, field)
        text = document.source[span] if span else ""
        numerals = re.findall(f"({NUMERAL.pattern}){mark}", text)
        if (number is None and numerals) or (number is not None and number not in map(parse_numeral, numerals)):
            printed = " and ".join(f"{numeral}{mark}" for numeral in numerals) or f"no number of a {field}"
            document.report(f"{path}.{field}", f"{text!r} says {printed}, not {number}")
    if span := document.spans.get(f"{path}.text"):
        types = document.codes_in("inspection_type", document.source[span])
        if inspection.type not in types:
            printed = " and ".join(types) or "no type"
            document.report(f"{path}.type", f"{document.source[span]!r} says {printed}, not {inspection.type}")

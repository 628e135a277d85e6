"""Checks of the notice's own record: its quotes are in the source and state its dates and numbers."""

import re

from app.transcription.document import SourceDocument
from app.transcription.parsing.numerals import DIGIT, NUMERAL, parse_numeral
from app.transcription.parsing.periods import Period, parse_period

# Of each number of the inspection, the quote that prints it and the character that follows it there.
_NUMBERS = {"committee": ("text", "届"), "round": ("text", "轮"), "team": ("team_text", "")}


# Words that state a day, not only a month or a year.
_DAY = re.compile(rf"{DIGIT}[日号]|[一二三四五六七八九十][日号]|{DIGIT}[-./]{DIGIT}+[-./]{DIGIT}")
_LOOK_BACK = "回头看"


def check_notice(document: SourceDocument) -> None:
    """Check that the source is the transcribed one and that it prints title, dates and details of the inspection."""
    notice, whole = document.transcription.notice, document.source.whole
    if document.source.sha256 != notice.source_sha256:
        message = f"notice.txt has {document.source.sha256}: it is not the text that was transcribed"
        document.report("$.notice.source_sha256", message)
    for field in ("title", "date_text", "source_name", "inspected_body"):
        document.find(f"$.notice.{field}", getattr(notice, field), whole)
    for field in ("text", "look_back_text", "team_text", "period_text", "feedback_text"):
        document.find(f"$.notice.inspection.{field}", getattr(notice.inspection, field), whole)
    if notice.rectification:
        document.find("$.notice.rectification.period_text", notice.rectification.period_text, whole)
    for n, body in enumerate(notice.further_bodies):
        document.find(f"$.notice.further_bodies[{n}].text", body.text, whole)
    _check_dates(document)
    _check_inspection(document)
    _check_look_back(document)


def _check_dates(document: SourceDocument) -> None:
    """Check that every date is the day that its words state, and null where they state only a month or a year."""
    notice, inspection = document.transcription.notice, document.transcription.notice.inspection
    rectification = notice.rectification
    for path, period in {
        "$.notice.date_text": (notice.date, notice.date),
        "$.notice.inspection.period_text": (inspection.start_date, inspection.end_date),
        "$.notice.inspection.feedback_text": (inspection.feedback_date, inspection.feedback_date),
        "$.notice.rectification.period_text": (rectification.start_date, rectification.end_date)
        if rectification
        else (None, None),
    }.items():
        span = document.spans.get(path)
        if span and _days(document.source[span]) != period:
            dates = " to ".join(dict.fromkeys("no day" if day is None else str(day) for day in period))
            document.report(path, f"{document.source[span]!r} does not say {dates}")
        elif span is None and any(period):
            document.report(path, "a date without the words that state it")


def _days(words: str) -> Period:
    """Return the first and the last day that words state; None for both where they state no day."""
    return parse_period(words) if _DAY.search(words) else (None, None)


def _check_inspection(document: SourceDocument) -> None:
    path, inspection = "$.notice.inspection", document.transcription.notice.inspection
    for field, (quote, mark) in _NUMBERS.items():
        span = document.spans.get(f"{path}.{quote}")
        _check_number(
            document, f"{path}.{field}", getattr(inspection, field), document.source[span] if span else "", mark
        )
    for n, team in enumerate(inspection.further_teams):
        if found := document.find(f"{path}.further_teams[{n}].text", team.text, document.source.whole):
            _check_number(document, f"{path}.further_teams[{n}].team", team.team, document.source[found], "")
    span = document.spans.get(f"{path}.text")
    types = document.codes_in("inspection_type", document.source[span]) if span else []
    if (inspection.type is None) != (inspection.text is None):
        document.report(f"{path}.type", "must be given if, and only if, the inspection is printed")
    elif span and inspection.type not in types:
        printed = " and ".join(types) or "no type"
        document.report(f"{path}.type", f"{document.source[span]!r} says {printed}, not {inspection.type}")


def _check_number(document: SourceDocument, path: str, number: int | None, text: str, mark: str) -> None:
    """Check the number of a committee, a round or a team; where several are printed (三、四轮), it may be null."""
    numerals = re.findall(f"({NUMERAL.pattern}){mark}", text)
    missing = number is None and len(set(numerals)) == 1
    if missing or (number is not None and number not in [parse_numeral(numeral) for numeral in numerals]):
        name = path.rpartition(".")[2]
        printed = " and ".join(f"{numeral}{mark}" for numeral in numerals) or f"no number of a {name}"
        document.report(path, f"{text!r} says {printed}, not {number}")


def _check_look_back(document: SourceDocument) -> None:
    path = "$.notice.inspection.look_back_text"
    words, inspection = document.spans.get(path), document.spans.get("$.notice.inspection.text")
    if words and _LOOK_BACK not in document.source[words]:
        document.report(path, f"{document.source[words]!r} does not say {_LOOK_BACK}")
    elif not words and inspection and _LOOK_BACK in document.source[inspection]:
        document.report(path, f"{document.source[inspection]!r} says {_LOOK_BACK}")

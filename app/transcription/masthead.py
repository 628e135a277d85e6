"""The notice's own record and its contact lines, each printed word found in the source."""

import re

from app.transcription.desk import Desk
from app.transcription.shape import ContactLine


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


def _check_dates(desk: Desk) -> None:
    notice, inspection = desk.transcription.notice, desk.transcription.notice.inspection
    for path, stated in {
        "$.notice.date_text": [notice.date],
        "$.notice.inspection.period_text": [inspection.start_date, inspection.end_date],
        "$.notice.inspection.feedback_text": [inspection.feedback_date],
    }.items():
        if place := desk.at.get(path):
            printed = [int(number) for number in re.findall("[0-9]+", desk.source[place])]
            if printed != [part for day in stated for part in (day.year, day.month, day.day)]:
                desk.say(path, f"{desk.source[place]!r} does not say {' to '.join(map(str, stated))}")


def check_contact(desk: Desk) -> None:
    """Every contact line stands in its section, and a machine form has just the digits or address printed."""
    for n, line in enumerate(desk.transcription.contact):
        path = f"$.contact[{n}]"
        desk.find(f"{path}.label", line.label, desk.sections.get(line.section))
        if place := desk.find(f"{path}.text", line.text, desk.sections.get(line.section)):
            _check_uri(desk, path, line, desk.source[place])


def _check_uri(desk: Desk, path: str, line: ContactLine, printed: str) -> None:
    if line.kind == "email" and line.uri != f"mailto:{printed}":
        desk.say(f"{path}.uri", f"should be 'mailto:{printed}'")
    if line.kind == "telephone":
        # A number is dialled from abroad with the country's code in place of the leading 0.
        digits = [number.lstrip("0") if n == 0 else number for n, number in enumerate(re.findall("[0-9]+", printed))]
        if not line.uri or re.findall("[0-9]+", line.uri)[1:] != digits:
            desk.say(f"{path}.uri", f"{line.uri!r} does not have the digits of {printed!r} after the country's code")

"""Periods: the days that printed words state, and the period of a metric held to them."""

import re
from calendar import monthrange
from datetime import date

from app.transcription.document import SourceDocument
from app.transcription.layout.notice import Metric
from app.transcription.parsing import numerals

Days = tuple[date | None, date | None]

_YEAR, _NUMBER = "(?:[0-9]{4}|[〇零一二三四五六七八九]{4})", "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = rf"(?:{_YEAR}年(?!{_NUMBER}[日号]))?(?:{_NUMBER}月)?(?:{_NUMBER}[日号])?"
_PARTS = re.compile(rf"(?:(?P<year>{_YEAR})年)?(?:(?P<month>{_NUMBER})月)?(?:(?P<day>{_NUMBER})[日号])?")
_ISO = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
# Any other word about a date makes it another one (上半年, 年初, 春节期间), whose days are not stated.
_PERIOD = re.compile(
    rf"(?P<until>截[至止]到?)?(?P<since>[自从])?[于在]?(?P<first>{_DATE}(?:{_YEAR}|{_NUMBER})??)"
    rf"(?:起?[-—–~至到](?P<last>{_DATE}))?(?P<open>以来|起|至今)?(?:全年|度|期间|(?(until)年?[底末止]))?"
)


def days(words: str) -> Days:
    """The first and last day that the words state; None, None where they state no date (全年, 截至目前, 2023年初)."""
    match = _PERIOD.fullmatch(_ISO.sub(r"\1年\2月\3日", words).replace("月份", "月"))
    if match is None:
        return None, None
    # In 2020-2023年 and 1—6月 the first date goes without its last mark.
    mark = match["last"][-1:] if match["last"] and match["first"][-1:] not in "年月日号" else ""
    first = _parts(match["first"] + mark)
    last = _completed(_parts(match["last"]), first) if match["last"] else first
    try:
        start, end = _first_day(**first), _last_day(**last)
    except (TypeError, ValueError):
        return None, None
    if match["open"] or (match["since"] and not match["last"]):
        return start, None
    return (start, end) if start <= end else (None, None)


def _parts(words: str) -> dict[str, int]:
    match = _PARTS.fullmatch(words)
    printed = match.groupdict() if match else {}
    return {
        name: numerals.year(text) if name == "year" else int(numerals.worth(text) or 0)
        for name, text in printed.items()
        if text
    }


def _completed(last: dict[str, int], first: dict[str, int]) -> dict[str, int]:
    """The last date with what it leaves out because the first one has said it: 2023年3月28日至6月16日."""
    names = ("year", "month", "day")
    largest = next((n for n, name in enumerate(names) if name in last), 0)
    return {name: first[name] for name in names[:largest] if name in first} | last


def _first_day(year: int, month: int | None = None, day: int | None = None) -> date:
    return date(year, 1 if month is None else month, 1 if day is None else day)


def _last_day(year: int, month: int | None = None, day: int | None = None) -> date:
    month = 12 if month is None else month
    return date(year, month, monthrange(year, month)[1] if day is None else day)


def check_period(document: SourceDocument, path: str, metric: Metric) -> None:
    """A metric's period has words exactly where it is stated, and the kind and the days that they say."""
    place = document.at.get(f"{path}.period_text")
    if (metric.period_kind == "none") != (metric.period_text is None):
        return document.say(f"{path}.period_text", "stands exactly where a period is stated")
    stated = (metric.period_start, metric.period_end)
    if place is None and stated != (None, None):
        document.say(f"{path}.period_start", "a date without the words that state it")
    if place:
        _check_words(document, path, metric.period_kind, stated, document.source[place])


def _check_words(document: SourceDocument, path: str, kind: str, stated: Days, words: str) -> None:
    kinds = document.said("period_kind", words)
    if kinds and kind not in kinds:
        document.say(f"{path}.period_kind", f"{words!r} says {' or '.join(kinds)}, not {kind}")
    elif stated != (said := _of_kind(kind, days(words))):
        document.say(f"{path}.period_start", f"{words!r} says {_told(said)}, not {_told(stated)}")


def _of_kind(kind: str, period: Days) -> Days:
    first, last = period
    return (None if kind == "as_of" else first), (None if kind == "since" else last)


def _told(period: Days) -> str:
    return "no date" if period == (None, None) else f"{period[0]} to {period[1]}"

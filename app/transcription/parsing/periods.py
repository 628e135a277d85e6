"""Printed periods: the first and the last day that their words state."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from app.transcription.parsing.numerals import parse_numeral, parse_year

Period = tuple[date | None, date | None]

_YEAR, _NUMBER = "(?:[0-9]{4}|[〇零一二三四五六七八九]{4})", "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = rf"(?:{_YEAR}年(?!{_NUMBER}[日号]))?(?:{_NUMBER}月)?(?:{_NUMBER}[日号])?"
_PARTS = re.compile(rf"(?:(?P<year>{_YEAR})年)?(?:(?P<month>{_NUMBER})月)?(?:(?P<day>{_NUMBER})[日号])?")
_ISO = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
# With any other word (上半年, 年初, 春节期间) the words mean days that they do not state.
_PERIOD = re.compile(
    rf"(?P<until>截[至止]到?)?(?P<since>[自从])?[于在]?(?P<first>{_DATE}(?:{_YEAR}|{_NUMBER})??)"
    rf"(?:起?[-—–~至到](?P<last>{_DATE}))?(?P<open>以来|起|至今)?(?:全年|度|期间|(?(until)年?[底末止]))?"
)


def parse_period(words: str) -> Period:
    """Return the first and the last day that the words state.

    Both are None where the words state no date (全年, 截至目前, 2023年初); an open period (2023年以来) has no last day.
    """
    words = unicodedata.normalize("NFKC", words)
    match = _PERIOD.fullmatch(_ISO.sub(r"\1年\2月\3日", words).replace("月份", "月"))
    if match is None:
        return None, None
    # In 2020-2023年 and 1—6月 the first date omits its last mark.
    mark = match["last"][-1:] if match["last"] and match["first"][-1:] not in "年月日号" else ""
    first = _parts(match["first"] + mark)
    last = _complete(_parts(match["last"]), first) if match["last"] else first
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
        name: parse_year(text) if name == "year" else int(parse_numeral(text) or 0)
        for name, text in printed.items()
        if text
    }


def _complete(last: dict[str, int], first: dict[str, int]) -> dict[str, int]:
    """Complete the last date with what only the first one states: the year in 2023年3月28日至6月16日."""
    names = ("year", "month", "day")
    largest = next((n for n, name in enumerate(names) if name in last), 0)
    return {name: first[name] for name in names[:largest] if name in first} | last


def _first_day(year: int, month: int | None = None, day: int | None = None) -> date:
    return date(year, 1 if month is None else month, 1 if day is None else day)


def _last_day(year: int, month: int | None = None, day: int | None = None) -> date:
    month = 12 if month is None else month
    return date(year, month, monthrange(year, month)[1] if day is None else day)

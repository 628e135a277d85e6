"""Conditional requests: the preconditions that clients put on a response's validators (RFC 9110, 13)."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import lru_cache
from typing import Literal

Outcome = Literal[200, 304, 412]

_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_TAGS = re.compile(rf"[ \t,]*(?:{_TAG.pattern}[ \t]*(?:,[ \t,]*|$))*")
# Proxies that compress a response on the way mark its tag.
_PROXY_MARK = re.compile(r'(-|;)(gzip|br|zstd|deflate)"$')
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY, _SHORT_DAY = f"(?:{'|'.join(_DAYS)})", f"(?:{'|'.join(day[:3] for day in _DAYS)})"
_MONTH, _TIME = f"(?P<month>{'|'.join(_MONTHS)})", r"(?P<time>\d{2}:\d{2}:\d{2})"
_DATES = (
    re.compile(rf"{_SHORT_DAY}, (?P<day>\d{{2}}) {_MONTH} (?P<year>\d{{4}}) {_TIME} GMT", re.ASCII),
    re.compile(rf"{_DAY}, (?P<day>\d{{2}})-{_MONTH}-(?P<year>\d{{2}}) {_TIME} GMT", re.ASCII),
    re.compile(rf"{_SHORT_DAY} {_MONTH} (?P<day>[ \d]\d) {_TIME} (?P<year>\d{{4}})", re.ASCII),
)
CONDITIONAL = {b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since"}


class Preconditions(dict[bytes, str]):
    """A request's preconditions by the headers' names. A header that is sent in several lines is one list."""

    @classmethod
    def of(cls, headers: Iterable[tuple[bytes, bytes]]) -> "Preconditions":
        """Read the preconditions among a request's headers."""
        found = cls()
        for name, value in headers:
            if name in CONDITIONAL:
                text = value.decode("latin-1")
                found[name] = f"{found[name]}, {text}" if name in found else text
        return found

    def evaluate(self, tag: str, modified: str | None) -> Outcome:
        """Return the status of the response in whose place a response of 200 would stand (RFC 9110, 13.2.2)."""
        if (match := self.get(b"if-match")) is not None:
            if match.strip() != "*" and tag not in _tags(match, strong=True):
                return 412
        elif (since := self.get(b"if-unmodified-since")) is not None and modified and _later(modified, since):
            return 412
        if (none_match := self.get(b"if-none-match")) is not None:
            held = none_match.strip() in ("*", tag) or _opaque(tag) in map(_opaque, _tags(none_match))
            return 304 if held else 200
        since = self.get(b"if-modified-since")
        return 304 if since is not None and modified and _later(modified, since) is False else 200


@lru_cache
def http_date(day: date) -> str:
    """Return the first second of a day as HTTP writes it."""
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)


def parse_date(text: str) -> datetime | None:
    """Return a date in one of the three forms of RFC 9110, 5.6.7; None for anything else."""
    match = next(filter(None, (form.fullmatch(text.strip()) for form in _DATES)), None)
    if match is None:
        return None
    hours, minutes, seconds = map(int, match["time"].split(":"))
    if seconds == 60:
        seconds = 59  # a leap second, which Python does not know
    try:
        month, day, year = _MONTHS.index(match["month"]) + 1, int(match["day"]), int(match["year"])
        if len(match["year"]) == 2:
            year = _whole_year(year)
        return datetime(year, month, day, hours, minutes, seconds, 0, UTC)
    except ValueError:
        return None


def _whole_year(year: int) -> int:
    """Return a year of two digits as one of this century; as one of the last where it is over 50 years ahead."""
    now = datetime.now(UTC).year
    whole = now - now % 100 + year
    return whole - 100 if whole > now + 50 else whole


def _later(modified: str, since: str) -> bool | None:
    """Return whether something was modified after a date; None where that is no date, and so no condition."""
    first, second = parse_date(modified), parse_date(since)
    return None if first is None or second is None else first > second


def _tags(header: str, strong: bool = False) -> list[str]:
    """Return the tags in a list, none if it is not well formed; with `strong`, those alone that are not weak."""
    if not _TAGS.fullmatch(header):
        return []
    return [weak + tag for weak, tag in _TAG.findall(header) if not (strong and weak)]


def _opaque(tag: str) -> str:
    """Return what weak comparison looks at."""
    return _PROXY_MARK.sub('"', tag.removeprefix("W/"))

"""Conditions: whether a request's headers say that the client holds the answer already (RFC 9110, 13.1)."""

import re
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache


def http_date(day: date) -> str:
    """The start of a day as HTTP writes it."""
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)


def unchanged(none_match: str | None, modified_since: str | None, tag: str, modified: str | None) -> bool:
    """Whether If-None-Match, or without it If-Modified-Since, is met by an answer's ETag and Last-Modified."""
    if none_match is not None:
        return none_match.strip() == "*" or opaque(tag)[0] in opaque(none_match)
    return modified_since is not None and modified is not None and _not_after(modified, modified_since)


def opaque(tags: str) -> list[str]:
    """The quoted part of every tag in a list: weak comparison looks at nothing else."""
    return re.findall(r'"[\x21\x23-\x7e\x80-\xff]*"', tags)


@lru_cache(1000)
def _not_after(modified: str, since: str) -> bool:
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False  # a date that can't be read is no condition

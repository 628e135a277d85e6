"""Normalization of queries: invisible characters are dropped, traditional characters become simplified ones."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from opencc import OpenCC

# Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties: zero-width characters, byte order mark, soft hyphen,
# joiners, marks of direction, variation selectors. Text that is copied from web pages and PDF files is full of them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def drop_invisible(text: str) -> str:
    """Return the text without the characters that are not displayed."""
    return _INVISIBLE.sub("", text)


def simplify(text: str) -> str:
    """Return the text with traditional characters replaced by simplified ones, one for one.

    Words are looked at as a whole where a character has several readings: 乾淨 becomes 干净, 乾坤 stays.
    """
    if text.isascii():
        return text
    try:
        converted: str = _converter().convert(text)
    except UnicodeEncodeError:  # half of a surrogate pair, which OpenCC cannot encode
        return text
    return converted if len(converted) == len(text) else "".join(map(_converter().convert, text))


@cache
def _converter() -> OpenCC:
    """Return the converter; its dictionaries take 10 ms and 5 MB, which only those pay who are asked."""
    return OpenCC("t2s")


def fold_characters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the characters of a text without differences of width and case, each with its place in the text."""
    for place, character in enumerate(text):
        for piece in unicodedata.normalize("NFKC", character).casefold():
            yield piece, place

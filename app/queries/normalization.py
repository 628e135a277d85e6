"""Forms of a text: what is left of it when the manner of writing is taken away, and where that comes from."""

import unicodedata

from app.transcription.parsing.numerals import NUMERAL

# A form of a text, and where in the text each of its characters comes from.
Form = tuple[str, list[int]]


def as_it_is(text: str) -> Form:
    return text, list(range(len(text)))


def plain(text: str) -> Form:
    """The text without width, case, blanks and punctuation, and where each character comes from.

    A point between digits stays, as do a sign before a number and a percent sign: they are part of a figure.
    """
    kept, origin = "", []
    for place, character in enumerate(text):
        for piece in unicodedata.normalize("NFKC", character).casefold():
            if _tells(piece, text[:place].rstrip()[-1:], text[place + 1 :].lstrip()[:1]):
                kept += piece
                origin.append(place)
    return kept, origin


def _tells(piece: str, before: str, after: str) -> bool:
    """Whether a character says something, between what stands before and after it."""
    if piece == ".":
        return before.isdigit() and after.isdigit()
    if piece in "-\u2212":
        return after.isdigit() and not before.isdigit()
    return piece in "%‰&+" or unicodedata.category(piece)[0] not in "PZC"


def numbers(text: str) -> list[str]:
    return NUMERAL.findall(unicodedata.normalize("NFKC", text))

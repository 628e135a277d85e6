"""Words to look for: any characters, of any length from one, found as they stand but for width and case."""

import unicodedata
from collections.abc import Iterator

from app.database.select import Condition
from app.models.passage import BLANK, fold, spaced

# What a query may be: 1 to 200 characters, none of them a control character, and not all of them blank.
PATTERN = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
LONGEST = 200


# The first and the last passage of a notice, between which all others are its own too; None for those of all.
Own = tuple[int, int] | None


def words(query: str) -> list[str]:
    """The words of a query, folded as the index is, each once."""
    return list(dict.fromkeys(word for word in fold(query).split(BLANK) if word))


def matching(query: str, field: str = "title body", own: Own = None) -> Condition:
    """The rowids of the passages that hold every word within the given fields, as a subquery; of one notice or all."""
    phrases = ['"' + spaced(word).replace('"', '""') + '"' for word in words(query)]
    match = " AND ".join(f"{{{field}}} : {phrase}" for phrase in phrases)
    if any(unicodedata.category(character) == "Cs" for character in match):
        return Condition("select null where 0")  # half a character stands in no text, and can't be handed on
    sql = "select rowid from passage_index where passage_index match ?"
    return Condition(f"{sql} and rowid between ? and ?", (match, *own)) if own else Condition(sql, (match,))


def found(type: str, query: str, own: Own = None) -> Condition:
    """The rows, in their own table, of the records of a type that hold every word of a query, as a subquery."""
    passages = matching(query, own=own)
    sql = f"select record from passage where type = ? and rowid in ({passages.sql})"
    return Condition(sql, (type, *passages.values))


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words of a query stand in a text: ranges of the text itself, in order, those that touch joined."""
    return Folded(text).marks(query)


class Folded:
    """A text as search sees it, with where each of its characters comes from, made ready to be asked often."""

    def __init__(self, text: str) -> None:
        pieces = [(start, end, fold(text[start:end]) or BLANK) for start, end in _clusters(text)]
        self.folded = "".join(piece for _, _, piece in pieces)
        self.starts = [start for start, _, piece in pieces for _ in piece]
        self.ends = [end for _, end, piece in pieces for _ in piece]

    def marks(self, query: str) -> list[tuple[int, int]]:
        """Where the words of a query stand."""
        spans = [
            (self.starts[place], self.ends[place + len(word) - 1])
            for word in words(query)
            for place in _occurrences(self.folded, word)
        ]
        return list(_joined(sorted(spans)))


def _occurrences(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Characters with the combining marks that follow them: they fold as one."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(text[end]):
            yield start, end
            start = end


def _joined(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    while spans:
        start, end = spans.pop(0)
        while spans and spans[0][0] <= end:
            end = max(end, spans.pop(0)[1])
        yield start, end

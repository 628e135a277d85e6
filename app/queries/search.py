"""Words: how a query is split and normalized, which records hold its words, and where these stand in a text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sqlalchemy import false

from app.database.catalog import NoticeScope
from app.database.select import Clause, Column, Condition, Select, in_, in_select, rowid, table_of
from app.models.passage import (
    BLANK,
    PASSAGE_INDEX,
    PASSAGES_OF_TYPE,
    TYPES,
    Form,
    PassageRow,
    Word,
    fold,
    fold_words,
)
from app.queries.normalization import drop_invisible, simplify

LONGEST_WORDS = 200  # characters
# Columns of the index, each with its English twin.
ALL_COLUMNS, TITLE = ("title", "body"), ("title",)

_PASSAGE = table_of(PassageRow)
_TYPE = (rowid(PASSAGE_INDEX) - 1) // PASSAGES_OF_TYPE % len(TYPES)
_LATIN = re.compile("[a-z]")
_TEXTS = 1000  # stretches of source text that are kept normalized


def words(query: str) -> list[tuple[str, str]]:
    """Return the words of a query, normalized as the index is, each once: as written, and in simplified characters.

    Both are looked for, because some characters, such as 乾 in a name, are printed in simplified texts too.
    """
    folded = fold(drop_invisible(query)).split(BLANK)
    return [(word, simplify(word)) for word in dict.fromkeys(folded) if word]


def english_form(word: str) -> str | None:
    """Return the form of a word that is looked for in English: at the beginning of a word; None if it is not Latin."""
    return fold_words(word) if _LATIN.search(word) else None


def holds_words(query: str, scope: NoticeScope, columns: tuple[str, ...] = ALL_COLUMNS) -> Clause:
    """Match passages, in the index, that hold every word of a query within some of its columns."""
    found = lookups(query, columns)
    # Nothing is left of invisible characters; half a surrogate pair stands in no text, and no database can be given it.
    if not found or any(unicodedata.category(character) == "Cs" for character in query):
        return Clause(_nothing)
    return scope.words_clause(found)


def lookups(query: str, columns: tuple[str, ...]) -> list[Word]:
    """Return the words of a query as a database looks them up within some columns of its index."""
    return [_forms(forms, columns) for forms in words(query)]


def _forms(forms: tuple[str, str], columns: tuple[str, ...]) -> Word:
    """Return how a word is looked up: anywhere in the Chinese, or at the beginning of a word in the English."""
    found = [Form(form, columns) for form in dict.fromkeys(forms)]
    if english := english_form(forms[0]):
        found.append(Form(english, tuple(f"{column}_en" for column in columns), is_english=True))
    return tuple(found)


def records_with_words(type: str, query: str, scope: NoticeScope) -> tuple[Select, Column]:
    """Select the rows, in their own table, of the records of a type that hold every word of a query."""
    found = Select(PASSAGE_INDEX, (holds_words(query, scope), of_types([type])))
    return Select(_PASSAGE).where(in_select(rowid(_PASSAGE), found, rowid(PASSAGE_INDEX))), _PASSAGE.c.record


def of_types(types: Sequence[str]) -> Clause:
    """Match passages, in the index, of some types."""
    return in_(_TYPE, [TYPES.index(type) for type in types])


def _nothing() -> Condition:
    return false()


def highlights(text: str, query: str) -> list[tuple[int, int]]:
    """Return where the words of a query stand in a text: ranges in order, those that touch joined."""
    return normalized(text).highlights(query)


class NormalizedText:
    """A text as the index has it, with the place in the text from which each of its characters comes."""

    def __init__(self, text: str) -> None:
        pieces = [(start, end, fold(text[start:end]) or BLANK) for start, end in _clusters(text)]
        self.text = "".join(piece for _, _, piece in pieces)
        self.starts = [start for start, _, piece in pieces for _ in piece]
        self.ends = [end for _, end, piece in pieces for _ in piece]

    def highlights(self, query: str) -> list[tuple[int, int]]:
        """Return where the words of a query stand."""
        spans = [
            (self.starts[place], self.ends[place + len(word) - 1])
            for forms in words(query)
            for word in dict.fromkeys(forms)
            for place in _occurrences(self.text, word)
        ]
        return list(_joined(sorted(spans)))


normalized = lru_cache(_TEXTS)(NormalizedText)


def _occurrences(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield characters with the combining marks that follow them, which are normalized as one."""
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

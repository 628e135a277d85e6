"""What is SQLite's own: the connection, the SQL dialect, and the full-text index in which words are looked up.

The index takes each character of Chinese as a token, of whatever category. So a word of a query is a phrase of tokens,
and is found as a substring of any length from one character. Of English it takes each word with the sign or blank
behind it: a query for the beginning of a word is a phrase whose last token is a prefix. It keeps no text of its own;
`columnsize` would serve ranking by length, which is not used.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Dialect, Text, and_, literal_column
from sqlalchemy.dialects import sqlite

from app.database.checksum import APPLICATION_ID
from app.database.select import Bound, Clause, Condition, rowid
from app.models.passage import BLANK, PASSAGE_INDEX, TEXTS, Form, Word

DIALECT: Dialect = sqlite.dialect(paramstyle="qmark")

CREATE_INDEX = (
    f"create virtual table {PASSAGE_INDEX.name} using fts5({', '.join(TEXTS)}, content='', columnsize=0, "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn Cf Cc'\")"
)
# How the index collects what is inserted: 8 MB in memory between two segments, and eight segments for one merge.
# Kept in the file, for later updates too. It saves 4 ms of 12 that a notice takes; the file differs by 1 to 2 %.
INDEX_SETTINGS = (
    "insert into passage_index (passage_index, rank) values ('hashsize', 8388608)",
    "insert into passage_index (passage_index, rank) values ('automerge', 8)",
)
# A database that is not whole is thrown away, so that nothing need be kept for taking changes back.
SETTINGS = (
    f"pragma application_id = {APPLICATION_ID}",
    "pragma journal_mode = off",
    "pragma synchronous = off",
    "pragma temp_store = memory",
    "pragma cache_size = -16384",  # KB: where each index is written at many places, 2 MB are read and written for ever
)
_MATCHED = literal_column(PASSAGE_INDEX.name, Text)


def connect(path: Path) -> sqlite3.Connection:
    """Open a database that SQLite then refuses to write, and takes to be changed by nobody else."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False, cached_statements=512)


def read_fingerprint(path: Path) -> str | None:
    """Return the fingerprint of a database; None where it has none."""
    try:
        with closing(connect(path)) as connection:
            found = connection.execute("select fingerprint from snapshot").fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None


def tokens(text: str, is_english: bool = False) -> str:
    """Return a normalized text as the index takes it, its tokens with blanks between."""
    # In English a mark begins each token: a second one after a blank.
    return text.replace(BLANK, " ").replace("  ", f"{BLANK} ") if is_english else " ".join(text)


def phrase(form: Form) -> str:
    """Return the index's query for rows that hold a text within some columns. Nothing in the text is query syntax."""
    quoted = tokens(form.text, form.is_english).replace('"', '""')
    return f'{{{" ".join(form.columns)}}} : "{quoted}"{"*" if form.is_english else ""}'


def words_clause(words: Sequence[Word], numbers: Sequence[int]) -> Clause:
    """Match passages, in the index, that hold every word, between two numbers or anywhere."""
    return Clause(matches, (), (match_query(words), *numbers))


def match_query(words: Sequence[Word]) -> str:
    """Return the index's query for passages that hold every word."""
    return " AND ".join(_any_form(word) for word in words)


def _any_form(word: Word) -> str:
    phrases = [phrase(form) for form in word]
    return phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})"


def matches(query: Bound, *bounds: Bound) -> Condition:
    """Match what the index finds for a query of phrases, between two numbers or anywhere."""
    matched = _MATCHED.match(query)
    return and_(matched, rowid(PASSAGE_INDEX).between(bounds[0], bounds[1])) if bounds else matched

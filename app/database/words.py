"""Words as a database looks them up: which text in which columns of the index, whatever the index is."""

from typing import NamedTuple


class Form(NamedTuple):
    """A text that is looked for within some columns: anywhere in Chinese, at the beginning of a word in English."""

    text: str
    columns: tuple[str, ...]
    is_english: bool = False


# The forms of one word, of which any will do.
Word = tuple[Form, ...]

"""The layout of `vocabularies.json`: closed lists of codes and their meaning, shared by all notices."""

from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from app.transcription.layout.types import Chinese, English, StrictModel, Text

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Term(StrictModel):
    """One code. `forms` are the printed words that mean it, where the checks must recognise them."""

    code: Code
    zh: Text
    en: English
    definition: English
    forms: list[Text] = []


class Vocabulary(StrictModel):
    """All the codes that a field may hold."""

    zh: Chinese
    en: English
    terms: Annotated[list[Term], Field(min_length=1)]

    @cached_property
    def forms(self) -> dict[str, list[str]]:
        """The printed forms of each code."""
        return {term.code: term.forms for term in self.terms}

"""The shape of `vocabularies.json`: closed lists of codes and what they mean, shared by all notices."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.transcription.layout.types import Chinese, English, Shape, Text

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Term(Shape):
    """One code. `forms` are the printed words that mean it, where the checker must recognise them."""

    code: Code
    zh: Text
    en: English
    definition: English
    forms: list[Text] = []


class Vocabulary(Shape):
    zh: Chinese
    en: English
    terms: Annotated[list[Term], Field(min_length=1)]

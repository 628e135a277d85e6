"""Closed vocabularies: what every code in the data means, in Chinese and English."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from sqlmodel import Field, SQLModel


@dataclass(frozen=True)
class Coded:
    """Marks a field that holds a code of the named vocabulary; its codes are data, so the schema is filled in later."""

    vocabulary: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "x-vocabulary": self.vocabulary}


def with_codes(schema: Any, codes: dict[str, list[str]]) -> Any:
    """A copy of a JSON schema in which every field that names its vocabulary lists the codes it may hold."""
    if isinstance(schema, list):
        return [with_codes(part, codes) for part in schema]
    if not isinstance(schema, dict):
        return schema
    filled = {key: with_codes(value, codes) for key, value in schema.items()}
    if isinstance(name := schema.get("x-vocabulary"), str):
        filled["enum"] = codes[name]
    return filled


class VocabularyRow(SQLModel, table=True):
    __tablename__ = "vocabulary"

    name: str = Field(primary_key=True)
    position: int
    zh: str
    en: str


class TermRow(SQLModel, table=True):
    __tablename__ = "term"

    vocabulary: str = Field(primary_key=True, foreign_key="vocabulary.name")
    code: str = Field(primary_key=True)
    position: int
    zh: str
    en: str
    definition: str


class Term(BaseModel):
    """One code and what it stands for."""

    code: str = Field(description="As it stands in the data; never renamed.")
    zh: str = Field(description="The Chinese label.")
    en: str = Field(description="The English label.")
    definition: str = Field(description="What falls under the code, in English.")


class Vocabulary(BaseModel):
    """All the codes that a field may hold."""

    zh: str
    en: str
    terms: list[Term]


class Vocabularies(BaseModel):
    """Every closed vocabulary, by name."""

    data_version: str = Field(description="Hash of the data these vocabularies belong to.")
    vocabularies: dict[str, Vocabulary]

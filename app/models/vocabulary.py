"""Closed vocabularies: what every code in the data means, in Chinese and English."""

from dataclasses import dataclass

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from sqlmodel import Field, SQLModel

# Where the vocabulary's own name would say too little, or is that of a record.
_COMPONENTS = {
    "unit": "UnitCode",
    "counted": "CountedCode",
    "scope": "MetricScope",
    "direction": "MetricDirection",
    "indicator": "IndicatorCode",
}


def component_name(vocabulary: str) -> str:
    """Return the name of a vocabulary's component."""
    return _COMPONENTS.get(vocabulary) or "".join(part.capitalize() for part in vocabulary.split("_"))


@dataclass(frozen=True)
class Coded:
    """Marks a field that holds a code of the named vocabulary; its codes are data, so the schema is filled in later."""

    vocabulary: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "x-vocabulary": self.vocabulary}


@dataclass(frozen=True)
class Component:
    """Marks a closed list that stands in code with the name that it has as a component of the OpenAPI document."""

    name: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "x-component": self.name}


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


class VocabularySet(BaseModel):
    """Every closed vocabulary, by name."""

    data_version: str = Field(description="Hash of the data these vocabularies belong to.")
    vocabularies: dict[str, Vocabulary]

"""Types of query parameters.

Values arrive as text. Each type is an annotation that tells pydantic how to read a value and OpenAPI what is allowed;
what a value names in the data is looked up in the `Lookup` that validation gets as its context.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

TEXT = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"  # no control character, not all blank
TEXT_OVER_LINES = TEXT.replace(r"\x00-\x1f", r"\x00-\x08\x0e-\x1f")

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Lookup(Protocol):
    """What parameters may name: codes of vocabularies, and keys of a notice's records."""

    @property
    def codes(self) -> Mapping[str, Sequence[str]]: ...

    @property
    def notices(self) -> Sequence[str]: ...

    @property
    def default(self) -> str: ...

    def keys(self, kind: str, notice: str, /) -> Sequence[str]: ...


class Query(BaseModel):
    """A query. Parameters that a model does not list are refused."""

    model_config = ConfigDict(extra="forbid")


def error(code: str, allowed: Sequence[str] | None = None, **values: Any) -> PydanticCustomError:
    """Return what a validator raises; `code` names the sentence."""
    return PydanticCustomError("parameter", "{code}", {"code": code, "allowed": allowed, "values": values})


class ParameterType:
    """Base of the annotations. `parse` reads a value or raises an `error`; `schema` describes it in OpenAPI."""

    def parse(self, value: str, info: ValidationInfo) -> Any:
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return self.schema()


@dataclass(frozen=True)
class Integer(ParameterType):
    """A whole number in canonical form."""

    low: int
    high: int

    name: ClassVar[str] = "integer"
    form: ClassVar[re.Pattern[str]] = re.compile("0|-?[1-9][0-9]{0,8}")
    read: ClassVar[type[float]] = int

    def parse(self, value: str, info: ValidationInfo) -> float:
        if not self.form.fullmatch(value) or not self.low <= self.read(value) <= self.high:
            raise error(self.name, [f"{self.low} to {self.high}"], low=self.low, high=self.high)
        return self.read(value)

    def schema(self) -> dict[str, Any]:
        return {"type": self.name, "minimum": self.low, "maximum": self.high}


class Number(Integer):
    """A decimal number."""

    name = "number"
    form = re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?")
    read = float


class Day(ParameterType):
    """A day as YYYY-MM-DD."""

    def parse(self, value: str, info: ValidationInfo) -> date:
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise error("day", ["YYYY-MM-DD"])

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


class Flag(ParameterType):
    """`true` or `false`."""

    def parse(self, value: str, info: ValidationInfo) -> bool:
        return choose(value, ("true", "false")) == "true"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Text(ParameterType):
    """Any characters but control characters, not all of them blank."""

    longest: int
    pattern: str = TEXT

    def parse(self, value: str, info: ValidationInfo) -> str:
        if len(value) > self.longest or not re.fullmatch(self.pattern, value):
            raise self.error()
        return value

    def error(self) -> PydanticCustomError:
        """Return what is raised for any other text."""
        return error("text", [f"1 to {self.longest} characters"], longest=self.longest)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest, "pattern": self.pattern}


@dataclass(frozen=True)
class Choice(ParameterType):
    """One of a closed list that stands in code; `component` is its name in OpenAPI."""

    component: str
    values: tuple[str, ...]

    def parse(self, value: str, info: ValidationInfo) -> Any:
        return choose(value, self.values)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.values), "x-component": self.component}


class FieldNames(Choice):
    """Names of fields of a record, one or, with commas between, several."""

    def parse(self, value: str, info: ValidationInfo) -> Any:
        names = tuple(value.split(","))
        for name in names:
            if name not in self.values:
                raise error("value", self.values, value=name)
        return names


@dataclass(frozen=True)
class Code(ParameterType):
    """A code of a vocabulary."""

    vocabulary: str

    def parse(self, value: str, info: ValidationInfo) -> str:
        return choose(value, _lookup(info).codes[self.vocabulary])

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "x-vocabulary": self.vocabulary}


@dataclass(frozen=True)
class Key(ParameterType):
    """The key of a record of the notice that is asked for, or of any notice where all are.

    A key that there is not is refused: an empty list would look like an answer. The notice is known by then, because it
    is the first field of every query model.
    """

    kind: str
    convert: Callable[[str], Any] = str

    def parse(self, value: str, info: ValidationInfo) -> Any:
        lookup = _lookup(info)
        notice = info.data.get("notice", lookup.default)
        return self.convert(choose(value, lookup.keys(self.kind, notice)))

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": 1} if self.convert is int else {"type": "string"}


@dataclass(frozen=True)
class NoticeSlug(ParameterType):
    """The slug of a notice, or one of the further words; the default notice where none is given."""

    further: tuple[str, ...] = ()

    def parse(self, value: str | None, info: ValidationInfo) -> str:
        lookup = _lookup(info)
        return lookup.default if value is None else choose(value, [*lookup.notices, *self.further])

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


def _lookup(info: ValidationInfo) -> Lookup:
    return cast(Lookup, info.context)


def choose(value: str, allowed: Sequence[str]) -> str:
    """Return a value of a closed list; raise if it is none."""
    if value not in allowed:
        raise error("comma" if "," in value and all(part in allowed for part in value.split(",")) else "value", allowed)
    return value

"""Fields: which of a record's fields a response has, and further ones that are added to its JSON."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, Field

from app.http.parameters import FieldNames
from app.models.decimal import format_json, parse_json
from app.queries.pagination import NoticeQuery

# What names a record is there whatever is asked for.
ALWAYS = ("notice", "uid", "url")
FIELDS = (
    "Only these fields, in this order, and `notice`, `uid` and `url`: names with commas between, or the parameter "
    "repeated. The schema of the response describes every field, as they are without this parameter."
)

Names = tuple[str, ...]


class RecordQuery(NoticeQuery):
    """What the address of one record takes. Each kind of record lists its own fields."""

    fields: list[Names] = Field([], description=FIELDS)


def field_names(model: type[BaseModel]) -> FieldNames:
    """Return the type of a `fields` parameter for a record."""
    names = (info.serialization_alias or name for name, info in model.model_fields.items())
    return FieldNames(f"{model.__name__}Field", tuple(names))


def flatten(given: Iterable[Names]) -> list[str]:
    """Return the names in a `fields` parameter, each once; none if all fields are wanted."""
    return list(dict.fromkeys(name for names in given for name in names))


def only_fields(text: str, names: list[str]) -> str:
    """Return a record's JSON with some of its fields; all of them where no name is given."""
    if not names:
        return text
    record: dict[str, Any] = parse_json(text)
    return format_json({name: record[name] for name in dict.fromkeys((*ALWAYS, *names)) if name in record})


def with_fields(text: str, fields: Mapping[str, Any]) -> str:
    """Return a JSON object with further fields."""
    return f"{text[:-1]},{format_json(fields)[1:]}" if fields else text


def with_arrays(text: str, arrays: Mapping[str, Iterable[str]]) -> str:
    """Return a JSON object with further fields, arrays of JSON texts."""
    return text[:-1] + "".join(f',"{name}":[{",".join(items)}]' for name, items in arrays.items()) + "}"

"""Columns: what the fields of a record are, read from its model, so that no list of them can go stale."""

from functools import cache
from typing import Any

from pydantic import BaseModel

from app.exports.headings import heading
from app.exports.table import Column, Kind

Schema = dict[str, Any]


@cache
def columns_of(model: type[BaseModel]) -> tuple[Column, ...]:
    """The columns of a record's public JSON, in the order of its fields."""
    properties = model.model_json_schema(mode="serialization")["properties"]
    return tuple(_column(model.__name__, name, schema) for name, schema in properties.items())


def _column(record: str, name: str, schema: Schema) -> Column:
    alternatives = schema.get("anyOf", [schema])
    given = [alternative for alternative in alternatives if alternative.get("type") != "null"]
    return Column(
        name,
        _kind(given[0]),
        len(given) < len(alternatives),
        *heading(record, name),
        schema.get("description", ""),
        schema.get("x-vocabulary") or given[0].get("x-vocabulary") or given[0].get("items", {}).get("x-vocabulary"),
    )


def _kind(schema: Schema) -> Kind:
    if schema.get("format") == "date":
        return "date"
    if schema.get("type") == "array":
        return "json" if "$ref" in schema["items"] else "list"
    plain: dict[Any, Kind] = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}
    return plain.get(schema.get("type"), "json")

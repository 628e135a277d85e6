"""The public JSON of records, as an expression over the columns that hold them: the database writes it on reading.

Stored beside the columns it made the file twice as large. Reading the columns and writing it in Python takes longer.
"""

import re
from collections.abc import Mapping
from functools import cache, reduce
from operator import add
from typing import Any

from sqlalchemy import JSON, Boolean, String, Table, Text, cast, literal_column, select, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import SQLModel

from app import __version__
from app.database.select import Column, Model, table_of
from app.database.statements import joined
from app.models.decimal import ExactDecimal
from app.models.notice import Notice
from app.models.place import Placed, PlaceRow
from app.models.record import MOUNT, Record
from app.models.snapshot import SnapshotRow

_PLACE, _SNAPSHOT = table_of(PlaceRow), table_of(SnapshotRow)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def record_json(model: Model) -> Column:
    """Return the expression of a record's JSON, with a placeholder for the mount in its address."""
    if issubclass(model, Notice):
        return _notice(table_of(model.row))
    return _JSONObject(record_fields(model))


@cache
def record_fields(model: type[Record]) -> Mapping[str, Column]:
    """Return the expressions of a record's fields, with a placeholder for the mount in its address."""
    table = table_of(model.row)
    key = f"{{{model.key}}}"
    computed: dict[str, str | Column] = {
        "uid": f"{{notice}}/{model.collection}/{key}",
        "url": MOUNT + model.path("{notice}", key),
    }
    if issubclass(model, Placed):
        computed["places"] = _places(model, table)
    return _fields(model, table, computed)


@cache
def json_object(model: type[SQLModel], table: Table, **computed: str | Column) -> Column:
    """Return the expression of a JSON object with the fields of a model."""
    return _JSONObject(_fields(model, table, computed))


def _fields(model: type[SQLModel], table: Table, computed: Mapping[str, str | Column]) -> Mapping[str, Column]:
    """Return the expressions of a model's fields.

    Each field is the column of its name unless it is computed: by an expression, or as a text with names of columns in
    braces, which is null where one of them is.
    """
    fields: dict[str, Column] = {}
    for name, info in model.model_fields.items():
        alias = info.serialization_alias or name
        if name in computed:
            given = computed[name]
            fields[alias] = _concatenation(given, table) if isinstance(given, str) else given
        elif alias in table.c:
            fields[alias] = table.c[alias]
    return fields


@cache
def _notice(table: Table) -> Column:
    """Return the expression of a notice's JSON: what is stored, with the versions of all data and of the software."""
    data_version, released = (
        cast(select(_SNAPSHOT.c[name]).scalar_subquery(), Text) for name in ("data_version", "released")
    )
    pieces = [',"data_version":"', data_version, '","released":"', released, f'","api_version":"{__version__}"}}']
    texts = (literal_column(f"'{piece}'", String) if isinstance(piece, str) else piece for piece in pieces)
    return reduce(add, texts, table.c.public_json)


def _places(model: type[Placed], table: Table) -> Column:
    """Return the expression of the JSON array of the places where a record stands."""
    place = json_object(model.place, _PLACE, **{model.place_code: "{code}"})
    same = (_PLACE.c.notice == table.c.notice, _PLACE.c.type == table.name, _PLACE.c.id == table.c.id)
    found = select(place.label("place")).select_from(_PLACE).where(*same).order_by(_PLACE.c.position)
    objects = found.correlate(table).subquery("objects")
    comma = literal_column("','", String)
    array = literal_column("'['", String) + joined(objects.c.place, comma) + literal_column("']'", String)
    return type_coerce(select(array).select_from(objects).scalar_subquery(), JSON())


def _concatenation(template: str, table: Table) -> Column:
    """Return the expression of a text with the values of columns in the place of their names."""
    # Texts and names follow one another.
    parts = _PLACEHOLDER.split(template)
    columns = [
        cast(table.c[part], Text) if n % 2 else literal_column(f"'{part}'", String)
        for n, part in enumerate(parts)
        if part
    ]
    return reduce(add, columns)


class _JSONObject(FunctionElement[str]):
    """A JSON object without blanks, whatever the database."""

    type = String()
    inherit_cache = False

    def __init__(self, fields: Mapping[str, Column]) -> None:
        super().__init__(*fields.values())
        self.fields = fields

    def compile_fields(self, compiler: Any, options: Any) -> list[tuple[str, str, Any]]:
        """Return the name, the SQL and the type of each field."""
        return [(name, compiler.process(column, **options), column.type) for name, column in self.fields.items()]


@compiles(_JSONObject, "sqlite")
def _in_sqlite(element: _JSONObject, compiler: Any, **options: Any) -> str:
    fields = (f"'{name}', {_in_json(sql, type)}" for name, sql, type in element.compile_fields(compiler, options))
    return f"json_object({', '.join(fields)})"


def _in_json(sql: str, type: Any) -> str:
    """Return what `json_object` takes: a text that is JSON already has to be marked as such."""
    if isinstance(type, Boolean):
        return f"json(case {sql} when 1 then 'true' when 0 then 'false' end)"
    return f"json({sql})" if isinstance(type, JSON | ExactDecimal) else sql


@compiles(_JSONObject, "postgresql")
def _in_postgresql(element: _JSONObject, compiler: Any, **options: Any) -> str:
    # Its own functions that make objects put blanks into them.
    fields = " || ',' || ".join(
        f"""'"{name}":' || coalesce({_to_json(sql, type)}, 'null')"""
        for name, sql, type in element.compile_fields(compiler, options)
    )
    return f"'{{' || {fields} || '}}'"


def _to_json(sql: str, type: Any) -> str:
    if isinstance(type, ExactDecimal):
        return sql
    return f"{sql}::text" if isinstance(type, JSON) else f"to_json({sql})::text"

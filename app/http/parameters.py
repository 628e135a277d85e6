"""Query parameters held to the OpenAPI document itself, so that it can't promise what the service does not keep."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any

from starlette.datastructures import QueryParams

from app.database.catalog import Catalog
from app.http.errors import ProblemException, Slip, slip

MOST_SLIPS = 20

Schema = dict[str, Any]
Given = dict[str, list[str]]

_WHOLE = re.compile("0|-?[1-9][0-9]{0,8}")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_parameters(operation: Schema, query: QueryParams, catalog: Catalog) -> Given:
    """The values of each parameter; a refusal of what is missing, unknown, repeated or not allowed, all at once."""
    accepted = {p["name"]: p for p in operation.get("parameters", ()) if p["in"] == "query"}
    given: Given = {}
    for name, value in query.multi_items():
        given.setdefault(name, []).append(value)
    # Each slip costs a search for the nearest name, so a flood of them is not told to its end.
    if slips := list(islice(chain(_missing(accepted, given), _slips(accepted, given, catalog)), MOST_SLIPS)):
        raise refused(slips)
    return given


def refused(slips: Sequence[Slip]) -> ProblemException:
    """The refusal of a request for its parameters."""
    return ProblemException(422, "invalid-parameter", " ".join(slip.message for slip in slips), slips)


def _missing(accepted: Schema, given: Given) -> Iterator[Slip]:
    for name, parameter in accepted.items():
        if parameter.get("required") and name not in given:
            yield slip("query", name, f"{name!r} is needed: {parameter['description']}")


def _slips(accepted: Schema, given: Given, catalog: Catalog) -> Iterator[Slip]:
    for name, values in given.items():
        if name not in accepted:
            yield slip("query", name, f"There is no parameter {name!r} here.", sorted(accepted), name)
            continue
        schema = accepted[name]["schema"]
        if schema.get("type") != "array" and len(values) > 1:
            yield slip("query", name, f"{name!r} may be given once, not {len(values)} times.")
            continue
        item = schema.get("items", schema)
        for value in dict.fromkeys(values):
            if found := _slip(name, item, value, _allowed(item, given, catalog)):
                yield found


def _allowed(schema: Schema, given: Given, catalog: Catalog) -> Sequence[str] | None:
    """The closed list of what a parameter may hold, from the code or from the data; None where there is none."""
    if vocabulary := schema.get("x-vocabulary"):
        return catalog.codes[vocabulary]
    if kind := schema.get("x-among"):
        return catalog.among(kind, given.get("notice", [catalog.default])[0])
    if schema.get("type") == "boolean":
        return ["true", "false"]
    found: Sequence[str] | None = schema.get("enum")
    return found


def _slip(name: str, schema: Schema, value: str, allowed: Sequence[str] | None) -> Slip | None:
    if schema.get("type") in ("integer", "number") and not _in_range(schema, value):
        what = f"a {'whole ' if schema['type'] == 'integer' else ''}number"
        low, high = int(schema["minimum"]), int(schema["maximum"])
        told = f"{name!r} is {what} from {low} to {high}, not {value!r}. {schema.get('x-beyond', '')}".rstrip()
        return slip("query", name, told, [f"{low} to {high}"])
    if allowed is not None and value not in allowed:
        return slip("query", name, f"{value!r} is no value of {name!r}.", allowed, value)
    if schema.get("format") == "date" and not _is_day(value):
        return slip("query", name, f"{name!r} is a day, not {value!r}.", ["YYYY-MM-DD"])
    if "pattern" in schema and not _fits(schema, value):
        message = f"{name!r} is 1 to {schema['maxLength']} characters, not all blank, without control characters."
        return slip("query", name, message, [f"1 to {schema['maxLength']} characters"])
    return None


def _in_range(schema: Schema, value: str) -> bool:
    pattern = _WHOLE if schema["type"] == "integer" else _NUMBER
    return bool(pattern.fullmatch(value)) and schema["minimum"] <= float(value) <= schema["maximum"]


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _fits(schema: Schema, value: str) -> bool:
    return len(value) <= schema["maxLength"] and bool(re.fullmatch(schema["pattern"], value))

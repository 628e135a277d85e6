"""What is wrong with a query, in the words of this service: the errors of pydantic, all at once."""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError

from app.http.errors import RequestError
from app.http.messages import Message
from app.http.suggestions import nearest, nearest_parameter

MOST_ERRORS = 20  # each costs a search for the nearest name, so a flood of them is cut short
# Parameters by which other services choose a file.
_OF_FILES = ("format", "excel", "output", "f")


def request_errors(
    model: type[BaseModel], given: Mapping[str, list[str]], invalid: ValidationError | None
) -> list[RequestError]:
    """Return all that is wrong with what is given: parameters that are repeated, and what pydantic has found."""
    repeated = [
        RequestError("query", name, Message("repeated", {"name": name, "count": len(values)}))
        for name, values in given.items()
        if len(values) > 1 and name in _names(model) and name not in array_fields(model)
    ]
    found = invalid.errors(include_url=False)[:MOST_ERRORS] if invalid else []
    return [*repeated, *(_request_error(model, raised) for raised in found)]


@cache
def array_fields(model: type[BaseModel]) -> frozenset[str]:
    """Return the parameters that may be repeated."""
    fields = model.model_fields.items()
    return frozenset(info.alias or name for name, info in fields if get_origin(info.annotation) is list)


@cache
def _names(model: type[BaseModel]) -> list[str]:
    return sorted(info.alias or name for name, info in model.model_fields.items())


def _request_error(model: type[BaseModel], raised: Any) -> RequestError:
    """Return what pydantic found, in the words of this service."""
    name = str(raised["loc"][0])
    if raised["type"] == "extra_forbidden":
        names, code = _names(model), "format" if name in _OF_FILES else "unknown"
        return RequestError("query", name, Message(code, {"name": name}), names, nearest_parameter(name, names))
    if raised["type"] == "missing":
        description = next(i.description for n, i in model.model_fields.items() if name in (n, i.alias))
        return RequestError("query", name, Message("missing", {"name": name, "description": description}))
    context = raised["ctx"]
    code, allowed, value = context["code"], context["allowed"], context["values"].get("value", raised["input"])
    parts = value.split(",")
    if value == "":
        code = "empty"
    elif code == "comma" and name not in array_fields(model):
        code = "value"
    elif code == "integer" and name in array_fields(model) and len(parts) > 1 and all(map(str.isdecimal, parts)):
        code = "comma"
    example = "&".join(f"{name}={part}" for part in parts)
    message = Message(code, {"name": name, "value": value, "example": example, **context["values"]})
    return RequestError("query", name, message, allowed, None if code == "comma" else nearest(value, allowed))

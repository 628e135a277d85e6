"""The one validation of a request's query: by its pydantic model, with all errors reported at once."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, get_origin
from urllib.parse import unquote, unquote_to_bytes

from fastapi import Request
from pydantic import BaseModel, ValidationError

from app.http.errors import RequestError, invalid_parameters
from app.http.messages import Message
from app.http.parameters import Lookup, Query
from app.http.suggestions import nearest, nearest_parameter

MOST_ERRORS = 20  # each costs a search for the nearest name, so a flood of them is cut short
# Parameters by which other services choose a file.
_OF_FILES = ("format", "excel", "output", "f")
# Text that percent-decoding once more would turn into characters beyond ASCII.
_ENCODED = re.compile(r"(%[89A-Fa-f][0-9A-Fa-f]){2,}")


def validate_query(model: type[Query], request: Request, lookup: Lookup) -> Any:
    """Return a request's query as an instance of its model; `ProblemException` with all that is wrong in it."""
    given = _parse(request)
    arrays = array_fields(model)
    # An empty list is given where a parameter is not, because pydantic takes long to copy a list that is a default.
    values: dict[str, Any] = {name: [] for name in arrays}
    values |= {name: found if name in arrays else found[0] for name, found in given.items()}
    try:
        query = model.model_validate(values, context=lookup)
    except ValidationError as invalid:
        found = [_request_error(model, raised) for raised in invalid.errors(include_url=False)[:MOST_ERRORS]]
        raise invalid_parameters([*_repeated(model, given), *found]) from None
    if repeated := _repeated(model, given):
        raise invalid_parameters(repeated)
    return query


@cache
def array_fields(model: type[BaseModel]) -> frozenset[str]:
    """Return the parameters that may be repeated."""
    fields = model.model_fields.items()
    return frozenset(info.alias or name for name, info in fields if get_origin(info.annotation) is list)


@cache
def _names(model: type[BaseModel]) -> list[str]:
    return sorted(info.alias or name for name, info in model.model_fields.items())


def _parse(request: Request) -> dict[str, list[str]]:
    """Return the values of every parameter; a query that is not UTF-8, or is encoded twice, is refused."""
    try:
        unquote_to_bytes(request.scope["query_string"].decode("ascii")).decode()
    except UnicodeDecodeError:
        raise invalid_parameters([RequestError("query", "", Message("encoding"))]) from None
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if _ENCODED.search(value) and (once := unquote(value, errors="ignore")) and not once.isascii():
            message = Message("encoded-twice", {"name": name, "value": value, "once": once})
            raise invalid_parameters([RequestError("query", name, message)])
        given.setdefault(name, []).append(value)
    return given


def _repeated(model: type[BaseModel], given: Mapping[str, list[str]]) -> list[RequestError]:
    return [
        RequestError("query", name, Message("repeated", {"name": name, "count": len(values)}))
        for name, values in given.items()
        if len(values) > 1 and name in _names(model) and name not in array_fields(model)
    ]


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

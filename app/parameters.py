"""Query parameters held to the OpenAPI document itself, so that it can't promise what the service does not keep."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from starlette.datastructures import QueryParams

from app.errors import Refusal, Slip, slip
from app.known import Known

Schema = dict[str, Any]


def check_parameters(operation: Schema, query: QueryParams, known: Known) -> None:
    """Refuse parameters that are unknown, repeated, out of range or not in their vocabulary, all told at once."""
    accepted = {p["name"]: p["schema"] for p in operation.get("parameters", ()) if p["in"] == "query"}
    given: dict[str, list[str]] = {}
    for name, value in query.multi_items():
        given.setdefault(name, []).append(value)
    if slips := list(_slips(accepted, given, known)):
        raise Refusal(422, "invalid-parameter", " ".join(slip.message for slip in slips), slips)


def _slips(accepted: dict[str, Schema], given: dict[str, list[str]], known: Known) -> Iterator[Slip]:
    for name, values in given.items():
        if name not in accepted:
            yield slip("query", name, f"There is no parameter {name!r} here.", sorted(accepted), name)
        elif len(values) > 1:
            yield slip("query", name, f"{name!r} may be given once, not {len(values)} times.")
        elif found := _slip(name, accepted[name], values[0], _allowed(accepted[name], given, known)):
            yield found


def _allowed(schema: Schema, given: dict[str, list[str]], known: Known) -> Sequence[str] | None:
    """The closed list of what a parameter may hold, from the code or from the data; None where there is none."""
    if vocabulary := schema.get("x-vocabulary"):
        return known.codes[vocabulary]
    if kind := schema.get("x-among"):
        return known.among(kind, given.get("notice", [known.default])[0])
    found: Sequence[str] | None = schema.get("enum")
    return found


def _slip(name: str, schema: Schema, value: str, allowed: Sequence[str] | None) -> Slip | None:
    if schema.get("type") == "integer" and not _whole(schema, value):
        low, high = schema["minimum"], schema["maximum"]
        message = f"{name!r} is a whole number from {low} to {high}, not {value!r}."
        return slip("query", name, message, [f"{low} to {high}"])
    if allowed is not None and value not in allowed:
        return slip("query", name, f"{value!r} is no value of {name!r}.", allowed, value)
    return None


def _whole(schema: Schema, value: str) -> bool:
    return bool(re.fullmatch("0|[1-9][0-9]{0,8}", value)) and schema["minimum"] <= int(value) <= schema["maximum"]

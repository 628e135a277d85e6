"""What breaks a client between two states of an OpenAPI document: whatever was there and is not, or asks for more."""

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]


def breaking(old: Document, new: Document) -> list[str]:
    """Every breaking change from `old` to `new`, each naming its place."""
    found: list[str] = []
    for path, operations in old["paths"].items():
        for method, operation in operations.items():
            other = new["paths"].get(path, {}).get(method)
            place = f"{method.upper()} {path}"
            found += _operation(place, operation, other) if other else [f"{place}: removed"]
    for name, schema in old["components"]["schemas"].items():
        other = new["components"]["schemas"].get(name)
        found += _answer(name, schema, other) if other else [f"{name}: removed"]
    return found


def _operation(place: str, old: Document, new: Document) -> Iterator[str]:
    if old["operationId"] != new["operationId"]:
        yield f"{place}: operationId {old['operationId']} is now {new['operationId']}"
    before = {parameter["name"]: parameter for parameter in old.get("parameters", ())}
    after = {parameter["name"]: parameter for parameter in new.get("parameters", ())}
    for name, parameter in before.items():
        if name not in after:
            yield f"{place}: parameter {name} removed"
        else:
            yield from _parameter(f"{place}: parameter {name}", parameter["schema"], after[name]["schema"])
    for name, parameter in after.items():
        if parameter.get("required") and not before.get(name, {}).get("required"):
            yield f"{place}: parameter {name} is now required"
    for status in old["responses"].keys() - new["responses"].keys():
        yield f"{place}: response {status} removed"
    types, others = (set(document["responses"]["200"]["content"]) for document in (old, new))
    for media_type in types - others:
        yield f"{place}: {media_type} removed"


def _parameter(place: str, old: Document, new: Document) -> Iterator[str]:
    """A parameter may come to take more, never less."""
    if "items" in old and "items" in new:
        yield from _parameter(place, old["items"], new["items"])
    if old.get("type") != new.get("type"):
        yield f"{place}: type {old.get('type')} is now {new.get('type')}"
    codes: list[Any] = old.get("enum", [])
    for value in sorted(set(codes) - set(new.get("enum", codes))):
        yield f"{place}: value {value} removed"
    if "enum" in new and "enum" not in old:
        yield f"{place}: is now closed"
    if new.get("maximum", 0) < old.get("maximum", 0) or new.get("minimum", 0) > old.get("minimum", 0):
        yield f"{place}: range is now narrower"
    if old.get("default") != new.get("default"):
        yield f"{place}: default {old.get('default')} is now {new.get('default')}"


def _answer(place: str, old: Document, new: Document) -> Iterator[str]:
    """An answer may come to hold more fields and codes, never fewer, and none of another type."""
    for value in sorted(set(old.get("enum", ())) - set(new.get("enum", ()))):
        yield f"{place}: value {value} removed"
    for name, schema in old.get("properties", {}).items():
        other = new.get("properties", {}).get(name)
        if other is None:
            yield f"{place}.{name}: removed"
        elif _types(schema) != _types(other):
            yield f"{place}.{name}: type {_types(schema)} is now {_types(other)}"
        else:
            for value in sorted(_codes(schema) - _codes(other)):
                yield f"{place}.{name}: value {value} removed"
    for name in sorted(set(old.get("required", ())) - set(new.get("required", ()))):
        if name in new.get("properties", {}):
            yield f"{place}.{name}: may now be absent"


def _types(schema: Any) -> list[str]:
    """The types that a schema allows at its top, references by name, items included."""
    if "anyOf" in schema:
        return sorted(kind for part in schema["anyOf"] for kind in _types(part))
    if "$ref" in schema:
        return [schema["$ref"].rpartition("/")[2]]
    inner = _types(schema["items"]) if "items" in schema else []
    return [f"{schema.get('type')}{inner or ''}"]


def _codes(schema: Any) -> set[str]:
    """Every code that a schema lists, at whatever depth."""
    if isinstance(schema, list):
        return {code for part in schema for code in _codes(part)}
    if not isinstance(schema, dict):
        return set()
    own = {str(code) for code in schema.get("enum", ())}
    return own | {code for key, part in schema.items() if key != "enum" for code in _codes(part)}

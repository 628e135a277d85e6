"""Writes `models.py` and `operations.py` from an OpenAPI document: `python generate.py ../../openapi.json`.

Records become TypedDicts and codes Literals, so that nothing is checked at run time: fields and codes that are added
to the API later do no harm.
"""

import json
import keyword
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent / "src/zhenggai_client"
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}

Schema = dict[str, Any]


def annotation(schema: Schema, models: str = "") -> str:
    """Return the type of a schema; `models` stands before the names of models."""
    if "$ref" in schema:
        return f"{models}{schema['$ref'].rpartition('/')[2]}"
    if "anyOf" in schema:
        return " | ".join(annotation(alternative, models) for alternative in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        return f"Literal[{', '.join(repr(value) for value in schema.get('enum', [schema.get('const')]))}]"
    if schema.get("type") == "array":
        return f"list[{annotation(schema['items'], models)}]"
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties", True)
        return f"dict[str, {annotation(inner, models) if isinstance(inner, dict) else 'Any'}]"
    return SCALARS.get(schema.get("type", ""), "Any")


def docstring(text: str, indent: str) -> str:
    """Return a text as a docstring."""
    return f'{indent}"""{text.strip()}"""\n'.replace("\\", "\\\\")


def model(name: str, schema: Schema) -> Iterator[str]:
    """Yield the definition of a model."""
    if "properties" not in schema:
        yield f"{name} = {annotation(schema)}\n"
    elif any(map(keyword.iskeyword, schema["properties"])):
        fields = ", ".join(f'"{field}": "{annotation(inner)}"' for field, inner in schema["properties"].items())
        yield f'{name} = TypedDict("{name}", {{{fields}}})\n'
    else:
        yield f"class {name}(TypedDict):\n"
        yield docstring(schema.get("description", name), "    ")
        for field, inner in schema["properties"].items():
            yield f"    {field}: {annotation(inner)}\n"
            if "description" in inner:
                yield docstring(inner["description"], "    ")
    yield "\n\n"


def models(document: Schema) -> Iterator[str]:
    """Yield the module of models, those first that others are made of."""
    yield '"""The records and codes of the API, generated from its OpenAPI document."""\n\n'
    yield "from __future__ import annotations\n\nfrom typing import Any, Literal, TypedDict\n\n\n"
    schemas = document["components"]["schemas"]
    for name in sorted(schemas, key=lambda name: ("properties" in schemas[name], name)):
        yield from model(name, schemas[name])


def operations(document: Schema) -> Iterator[str]:
    """Yield the module with both clients."""
    yield '"""The operations of the API, generated from its OpenAPI document."""\n\n'
    yield "from collections.abc import AsyncIterator, Iterator\nfrom typing import Any, Literal, cast\n\n"
    yield "from zhenggai_client import models\nfrom zhenggai_client.requests import AsyncRequests, Requests, path\n\n\n"
    for name, base, asynchronous in (("Client", "Requests", False), ("AsyncClient", "AsyncRequests", True)):
        yield f"class {name}({base}):\n"
        yield docstring(f"{document['info']['summary'].rstrip('.')}: a client of the API at an address.", "    ")
        for address, methods in document["paths"].items():
            yield from operation(document, address, methods["get"], asynchronous)
        yield "\n"


def operation(document: Schema, address: str, described: Schema, asynchronous: bool) -> Iterator[str]:
    """Yield the method of an operation, and for a list the one that iterates over it."""
    given = [(one["name"], python_name(one["name"]), one) for one in described.get("parameters", ())]
    keys = [f"{name}: {annotation(one['schema'], 'models.')}" for _, name, one in given if one["in"] == "path"]
    query = [(raw, name, one) for raw, name, one in given if one["in"] == "query"]
    query.sort(key=lambda parameter: not parameter[2]["required"])
    options = [f"{name}: {option(one)}" for _, name, one in query]
    signature = ", ".join(["self", *keys, *(["*"] if options else []), *options])
    template = address
    for one in described.get("parameters", ()):
        template = template.replace(f"{{{one['name']}}}", "{}")
    places = "".join(f", {name}" for _, name, one in given if one["in"] == "path")
    where = f'path("{template}"{places})' if places else f'"{address}"'
    sent = f"{{{', '.join(f'{raw!r}: {name}' for raw, name, _ in query)}}}"
    result, decoded = answer(described)
    wait = "await " if asynchronous else ""
    documentation = docstring(described["summary"].rstrip(".") + ".", "        ")
    yield f"    {'async ' * asynchronous}def {described['operationId']}({signature}) -> {result}:\n{documentation}"
    received = f"({wait}self._get({where}, {sent}))" if asynchronous else f"self._get({where}, {sent})"
    yield f"        return {decoded.format(received)}\n\n"
    if item := item_of(document, described):
        iterator = "AsyncIterator" if asynchronous else "Iterator"
        name = described["operationId"].replace("list_", "iterate_").replace("search", "iterate_hits")
        yield f"    def {name}({signature}) -> {iterator}[{item}]:\n"
        yield docstring(f"{described['summary'].rstrip('.')}, one by one: all of them, or `limit`.", "        ")
        yield f"        return self._iterate({where}, {sent})\n\n"


def python_name(name: str) -> str:
    """Return the name of a parameter, with an underscore where Python keeps the word for itself."""
    return f"{name}_" if keyword.iskeyword(name) else name


def option(parameter: Schema) -> str:
    """Return the type of a parameter in a query, with None for its absence where it may be absent."""
    kind = annotation(parameter["schema"], "models.")
    return kind if parameter["required"] else f"{kind.removesuffix(' | None')} | None = None"


def answer(described: Schema) -> tuple[str, str]:
    """Return the type of an answer, and the expression that decodes it."""
    content = described["responses"]["200"]["content"]
    if list(content) in (["application/json"], ["application/ld+json"]):
        (media_type,) = content.values()
        kind = annotation(media_type["schema"], "models.")
        return kind, f"cast({kind}, {{}}.json())"
    binary = len(content) > 1 or any("officedocument" in media_type for media_type in content)
    return ("bytes", "{}.content") if binary else ("str", "{}.text")


def item_of(document: Schema, described: Schema) -> str | None:
    """Return the type of the items of a list; None for anything else."""
    schema = described["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
    page = document["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
    fields = page.get("properties", {})
    return annotation(fields["items"]["items"], "models.") if {"items", "next"} <= fields.keys() else None


def main(path: str) -> None:
    document = json.loads(Path(path).read_text(encoding="utf-8"))
    for name, module in (("models", models), ("operations", operations)):
        (PACKAGE / f"{name}.py").write_text("".join(module(document)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])

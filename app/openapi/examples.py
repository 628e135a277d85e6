"""Examples for the OpenAPI document: the service's own answers, so that they are always true."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI

from app.http.client import ask
from app.openapi.components import resolve

Document = dict[str, Any]


def add_examples(app: FastAPI, document: Document) -> None:
    """Ask every operation for a small answer and show it as the example of its 200."""
    with ThreadPoolExecutor(1) as pool:
        # The caller's thread may be running a loop of its own.
        pool.submit(asyncio.run, _add_all(app, document)).result()


async def _add_all(app: FastAPI, document: Document) -> None:
    words = (await _first(app, "/metrics")).get("value_text", "1")
    for path, operations in document["paths"].items():
        operation = operations["get"]
        for parameter in operation.get("parameters", ()):
            example = _value(document, parameter["schema"], words)
            if parameter["required"]:
                parameter["example"] = example
            else:
                # Within the schema, where the reference page does not take it for what the reader wants to ask.
                parameter["schema"] = {**parameter["schema"], "examples": [example]}
        url = await _keyed(app, path, operation) if "{" in path else path + _smallest(operation, words)
        answer = await ask(app, url)
        if answer.status != 200:
            continue  # a notice without any such record has no example of it
        content = operation["responses"]["200"]["content"][answer.media_type]
        if content["schema"].get("format") != "binary":
            content["example"] = shown(answer.media_type, answer.body.decode())


def shown(media_type: str, body: str) -> Any:
    """As much of an answer as serves for an example: of a text its beginning, of the release's files the first.

    The others' sizes and hashes differ with the SQLite and zlib at hand, and the namespaces of linked data are no part
    of what is told.
    """
    if "json" not in media_type:
        return body[:400]
    content = json.loads(body)
    content.pop("@context", None)
    for name in ("files", "dcat:distribution", "schema:distribution"):
        content |= {name: content[name][:1]} if name in content else {}
    return content


def _value(document: Document, schema: Document, words: str) -> Any:
    """Return a value that a parameter takes."""
    schema = resolve(document, schema)
    if schema["type"] == "array":
        return [_value(document, schema["items"], words)]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") == "date":
        return "2023-01-01"
    plain = {"boolean": True, "integer": schema.get("default", schema.get("minimum")), "number": 1}
    return plain.get(schema["type"], words)


def _smallest(operation: Document, words: str) -> str:
    """A query for as little as possible: one item, and words that stand in the data where some are needed."""
    query = {}
    for parameter in operation.get("parameters", ()):
        if parameter["required"]:
            query[parameter["name"]] = words
        elif parameter["name"] == "limit":
            query["limit"] = "1"
    return f"?{urlencode(query)}" if query else ""


async def _keyed(app: FastAPI, path: str, operation: Document) -> str:
    """The address of the collection's first record, whose key becomes the parameter's example."""
    collection, _, name = path.rstrip("}").partition("/{")
    first = await _first(app, collection)
    key = first.get(name) or first.get("name") or first.get("uid", "none")
    next(p for p in operation["parameters"] if p["name"] == name)["example"] = key
    return f"{collection}/{key}"


async def _first(app: FastAPI, collection: str) -> Document:
    """The first record of a collection; nothing if there is none."""
    content = json.loads((await ask(app, collection)).body)
    return next(iter(content.get("items") or content.get("files") or ()), {})

"""Examples for the OpenAPI document: the service's own answers, so that they are always true."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI

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
            example = _value(parameter["schema"], words)
            if parameter["required"]:
                parameter["example"] = example
            else:
                # Within the schema, where the reference page does not take it for what the reader wants to ask.
                parameter["schema"] = {**parameter["schema"], "examples": [example]}
        url = await _keyed(app, path, operation) if "{" in path else path + _smallest(operation, words)
        status, body = await _ask(app, url)
        if status != 200:
            continue  # a notice without any such record has no example of it
        for media_type, content in operation["responses"]["200"]["content"].items():
            content["example"] = json.loads(body) if "json" in media_type else body[:400]


def _value(schema: Document, words: str) -> Any:
    """A value that a parameter takes."""
    if schema["type"] == "array":
        return [_value(schema["items"], words)]
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
    key = first.get(name, first.get("uid", "none"))
    next(p for p in operation["parameters"] if p["name"] == name)["example"] = key
    return f"{collection}/{key}"


async def _first(app: FastAPI, collection: str) -> Document:
    """The first record of a collection; nothing if there is none."""
    _, body = await _ask(app, f"{collection}?limit=1")
    return next(iter(json.loads(body)["items"]), {})


async def _ask(app: FastAPI, url: str) -> tuple[int, str]:
    path, _, query = url.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    messages: list[Any] = []

    async def receive() -> Document:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        messages.append(message)

    await app(scope, receive, send)
    return messages[0]["status"], b"".join(message.get("body", b"") for message in messages).decode()

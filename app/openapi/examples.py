"""Examples for the OpenAPI document: the service's own answers, so that they are always true."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI

from app.http.client import get
from app.openapi.document import resolve

Document = dict[str, Any]

# Fields whose text serves as an example of words to search for.
_WORDS = ("value_text", "title", "text", "name", "term")


def add_examples(app: FastAPI, document: Document) -> None:
    """Ask every operation for a small answer and show it as the example of its 200."""
    with ThreadPoolExecutor(1) as pool:
        # The caller's thread may be running a loop of its own.
        pool.submit(asyncio.run, _add_all(app, document)).result()


async def _add_all(app: FastAPI, document: Document) -> None:
    records = {name: await _records(app, name) for name in {_collection(path) for path in document["paths"]}}
    for path, operations in document["paths"].items():
        operation = operations["get"]
        known = records[_collection(path)]
        for parameter in operation.get("parameters", ()):
            keyed = [{parameter["name"]: record.get("id")} for record in records.get(f"/{parameter['name']}s", ())]
            example = _value(document, parameter["name"], parameter["schema"], [*keyed, *known, *records["/metrics"]])
            if parameter["required"]:
                parameter["example"] = example
            else:
                # Within the schema, where the reference page does not take it for what the reader wants to ask.
                parameter["schema"] = {**parameter["schema"], "examples": [example]}
        url = _keyed(path, operation, known) if "{" in path else path + _smallest(operation)
        answer = await get(app, url)
        if answer.status != 200:
            continue  # a notice without any such record has no example of it
        content = operation["responses"]["200"]["content"][answer.media_type]
        if content["schema"].get("format") != "binary":
            content["example"] = shown(answer.media_type, answer.body.decode())


def shown(media_type: str, body: str) -> Any:
    """Return what an example shows of a response: the beginning of a text, the first of the release's files.

    The sizes and hashes of the others differ between versions of SQLite and zlib. The context of linked data is long
    and says nothing of the data.
    """
    if not media_type.endswith(("/json", "+json")):
        return body[:400]
    content = json.loads(body)
    content.pop("@context", None)
    content |= {"edition": "0" * 16} if "edition" in content else {}  # of the software too, whatever changes in it
    for name in ("files", "dcat:distribution", "schema:distribution", "dct:hasPart", "schema:hasPart"):
        content |= {name: content[name][:1]} if name in content else {}
    return content


def _value(document: Document, name: str, schema: Document, records: list[Document]) -> Any:
    """Return a value that a parameter takes; what names or searches for something is taken from the records."""
    schema = resolve(document, schema)
    if schema["type"] == "array":
        return [_value(document, name, schema["items"], records)]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") == "date":
        return "2023-01-01"
    if "default" in schema:
        return schema["default"]
    if schema["type"] in ("boolean", "number"):
        return {"boolean": True, "number": 1}[schema["type"]]
    searched = name in ("q", "text")
    fields = _WORDS if searched else (name, f"{name}_id", f"{name}_number")
    found = next((record[field] for record in records for field in fields if record.get(field)), None)
    if found is None:
        return schema.get("minimum", "1")
    return found[:20] if searched else found


def _smallest(operation: Document) -> str:
    """A query for as little as possible: one item, and words that stand in the data where some are needed."""
    query = {}
    for parameter in operation.get("parameters", ()):
        if parameter["required"]:
            query[parameter["name"]] = parameter["example"]
        elif parameter["name"] == "limit":
            query["limit"] = "1"
    return f"?{urlencode(query)}" if query else ""


def _keyed(path: str, operation: Document, records: list[Document]) -> str:
    """The address of the collection's first record, whose key becomes the parameter's example."""
    collection, _, name = path.rstrip("}").partition("/{")
    first = next(iter(records), {})
    key = first.get(name) or first.get("name") or first.get("notice", "none")
    next(p for p in operation["parameters"] if p["name"] == name)["example"] = key
    return f"{collection}/{key}"


def _collection(path: str) -> str:
    """The address of the list to which an operation belongs."""
    return re.split(r"(?<=.)[/.]", path, maxsplit=1)[0]


async def _records(app: FastAPI, collection: str) -> list[Document]:
    """The first records of a collection; none where the address is not that of one."""
    content = json.loads((await get(app, collection)).body)
    return list(content.get("items") or content.get("files") or ())

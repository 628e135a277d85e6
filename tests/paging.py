"""Whole collections of the API, read page by page."""

from collections.abc import Mapping
from typing import Any

from fastapi.testclient import TestClient

Record = dict[str, Any]

# What a record is named by in its collection, and so the parameter that names some of them.
KEYS = {
    "sections": "id",
    "categories": "number",
    "issues": "number",
    "statements": "id",
    "measures": "id",
    "metrics": "id",
    "documents": "id",
    "organizations": "id",
    "numerals": "id",
}


def everything(client: TestClient, path: str, query: Mapping[str, Any] | None = None, limit: int = 200) -> list[Record]:
    """Return every item of a collection under a query."""
    page = client.get(path, params={**(query or {}), "limit": limit}).json()
    items: list[Record] = page["items"]
    while page["next"]:
        page = client.get(page["next"]).json()
        items += page["items"]
    assert len(items) == page["total"]
    return items


def values(record: Record, field: str) -> list[Any]:
    """Return what a field holds, one value or many."""
    return record[field] if isinstance(record[field], list) else [record[field]]

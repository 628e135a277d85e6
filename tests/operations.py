"""The operations of the OpenAPI document, each with an address that answers 200, and the cache in front of them."""

from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI

from app.http.response_cache import ResponseCache
from app.main import app

DOCUMENT = app.openapi()
OPERATIONS: dict[str, Any] = {path: item["get"] for path, item in DOCUMENT["paths"].items()}
HEALTH = ("/healthz", "/readyz")


def parameters(path: str) -> list[dict[str, Any]]:
    """Return the query parameters of an operation."""
    return [p for p in OPERATIONS[path].get("parameters", ()) if p["in"] == "query"]


def keys(path: str) -> dict[str, Any]:
    """Return an example of every path parameter of an operation."""
    return {p["name"]: p["example"] for p in OPERATIONS[path].get("parameters", ()) if p["in"] == "path"}


def example(path: str, query: str = "") -> str:
    """Return an address of an operation at which there is something, with more parameters."""
    needed = urlencode({p["name"]: p["example"] for p in parameters(path) if p["required"]})
    whole = "&".join(filter(None, (needed, query)))
    return path.format(**keys(path)) + (f"?{whole}" if whole else "")


def media_types(path: str) -> list[str]:
    """Return the media types in which an operation answers."""
    return list(OPERATIONS[path]["responses"]["200"]["content"])


def response_cache(service: FastAPI) -> ResponseCache:
    """Return the cache of a service."""
    cache: ResponseCache = service.state.response_cache
    return cache


def clear_cache(service: FastAPI) -> None:
    """Make a service forget its responses."""
    response_cache(service).responses.clear()

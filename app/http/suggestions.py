"""Suggestions: what a client most likely meant, by meaning first and by spelling then."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

# Parameters as other services call them, with ours, the likeliest first.
_PARAMETERS = {
    "page": ("offset",),
    "p": ("offset",),
    "skip": ("offset",),
    "start": ("offset",),
    "cursor": ("offset",),
    "per_page": ("limit",),
    "page_size": ("limit",),
    "pagesize": ("limit",),
    "size": ("limit",),
    "count": ("limit",),
    "rows": ("limit",),
    "top": ("limit",),
    "id": ("id", "number", "issue"),
    "ids": ("id", "number"),
    "no": ("number", "issue"),
    "search": ("q", "text"),
    "query": ("q", "text"),
    "keyword": ("q", "text"),
    "keywords": ("q", "text"),
    "s": ("q", "text"),
    "title": ("q",),
    "name": ("q",),
    "quote": ("text", "q"),
    "order": ("sort",),
    "order_by": ("sort",),
    "orderby": ("sort",),
    "sort_by": ("sort",),
    "from": ("period_from",),
    "since": ("period_from",),
    "date_from": ("period_from",),
    "to": ("period_to",),
    "until": ("period_to",),
    "date": ("year", "period_from"),
    "min": ("value_min",),
    "max": ("value_max",),
    "theme": ("topic",),
    "tag": ("topic",),
    "type": ("type", "kind"),
    "select": ("fields",),
    "columns": ("fields",),
    "include": ("fields",),
    "lang": ("lang",),
    "language": ("lang",),
    "district": ("notice",),
    "dataset": ("notice",),
    "body": ("actor",),
    "organization": ("actor",),
}
# Addresses as other services have them.
_PATHS = {
    "swagger": "/docs",
    "swagger-ui": "/docs",
    "redoc": "/docs",
    "api-docs": "/docs",
    "api": "/docs",
    "swagger.json": "/openapi.json",
    "openapi.yaml": "/openapi.json",
    "schema": "/openapi.json",
    "health": "/healthz",
    "ready": "/readyz",
    "download": "/dataset",
    "downloads": "/dataset",
    "figures": "/metrics",
    "source": "/source.txt",
    "text": "/source.txt",
}
_PREFIX = re.compile(r"^/(api|v[0-9]+|rest|json)(?=/)")
_NESTED = re.compile(r"^/issues/([1-9][0-9]{0,5})/([a-z]+)/?$")


def nearest(given: str, allowed: Sequence[str] | None) -> str | None:
    """Return the allowed value that is most like what was given. No number is a misspelling of another."""
    if given.isdigit():
        return None
    return next(iter(get_close_matches(given.lower(), allowed or (), 1, 0.5)), None)


def nearest_parameter(given: str, allowed: Sequence[str]) -> str | None:
    """Return the parameter that a name most likely means."""
    meant = (name for name in _PARAMETERS.get(given.lower(), ()) if name in allowed)
    return next(meant, None) or nearest(given, allowed)


def nearest_path(given: str, paths: Sequence[str]) -> str | None:
    """Return the address that a path most likely means."""
    path = given.rstrip("/")
    while shorter := _PREFIX.sub("", path):
        if shorter == path:
            break
        path = shorter
    if nested := _NESTED.match(path):
        number, collection = nested.groups()
        return f"/{collection}?issue={number}" if f"/{collection}" in paths else f"/issues/{number}"
    if path in paths:
        return path
    return _PATHS.get(path.strip("/").lower()) or nearest(path, paths)

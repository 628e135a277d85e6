"""Suggestions: what a client most likely meant, by meaning first and by spelling then."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from urllib.parse import quote

# Parameters as other services call them, with ours, the likeliest first. Where an operation takes none of these, its
# parameters that are spelt alike mean something else, so nothing is suggested.
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
    "type": ("type", "kind", "role", "class", "nature"),
    "select": ("fields",),
    "columns": ("fields",),
    "include": ("fields",),
    "language": ("lang",),
    "format": (),
    "number": ("number", "issue"),
    "text": ("text", "q"),
    "q": ("q", "text"),
    "district": ("notice",),
    "dataset": ("notice",),
    "body": ("organization", "actor"),
    "organization": ("organization", "actor"),
}
# Addresses as other services have them.
_PATHS = {
    "": "/docs",
    "swagger": "/docs",
    "swagger-ui": "/docs",
    "swagger-ui.html": "/docs",
    "swagger-ui/index.html": "/docs",
    "redoc": "/docs",
    "api-docs": "/docs",
    "documentation": "/docs",
    "help": "/docs",
    "swagger.json": "/openapi.json",
    "openapi.yaml": "/openapi.json",
    "openapi": "/openapi.json",
    "schema": "/openapi.json",
    "health": "/healthz",
    "status": "/healthz",
    "ping": "/healthz",
    "ready": "/readyz",
    "download": "/dataset",
    "downloads": "/dataset",
    "data": "/dataset",
    "dataset.zip": "/dataset",
    "figures": "/metrics",
    "source": "/source.txt",
    "text": "/source.txt",
    "feed": "/changes.atom",
    "rss": "/changes.atom",
    "atom": "/changes.atom",
    "changelog": "/changes",
    "sitemap": "/sitemap.xml",
}
# Records under which other services nest lists, with our parameter for them and the lists that take it.
_PARENTS = {
    "issues": ("issue", ("measures", "metrics", "statements", "documents", "organizations")),
    "categories": ("category", ("issues", "measures", "metrics", "statements")),
    "sections": ("section", ("metrics", "statements", "numerals")),
    "notices": ("notice", ("sections", "categories", "issues", "measures", "metrics", "statements", "numerals")),
}
_PREFIX = re.compile(r"^(/(api|v[0-9]+|rest|json))+(?=/|$)")


def nearest(given: str, allowed: Sequence[str] | None, cutoff: float = 0.5) -> str | None:
    """Return the allowed value that is most like what was given. No number is a misspelling of another."""
    if not any(character.isalpha() for character in given):
        return None
    return next(iter(get_close_matches(given.lower(), allowed or (), 1, cutoff)), None)


def nearest_parameter(given: str, allowed: Sequence[str]) -> str | None:
    """Return the parameter that a name most likely means."""
    if given.lower() in _PARAMETERS:
        return next((name for name in _PARAMETERS[given.lower()] if name in allowed), None)
    return nearest(given, allowed)


def nearest_path(given: str, paths: Sequence[str]) -> str | None:
    """Return the address that a path most likely means."""
    path = _PREFIX.sub("", given).rstrip("/")
    if path in paths:
        return path
    if known := _PATHS.get(path.strip("/").lower()):
        return known
    stem, _, suffix = path.rpartition(".")
    if suffix == "json" and stem in paths:
        return stem
    return _of_record(path, paths) or nearest(path, paths, 0.6)


def _of_record(path: str, paths: Sequence[str]) -> str | None:
    """Return the address of a record, or of a list of what belongs to it, that a path of several parts means."""
    parts = path.split("/")[1:]
    records = [known.split("/")[1] for known in paths if "{" in known]
    collection = nearest(parts[0], records, 0.7) if len(parts) > 1 else None
    if collection is None:
        return None
    key = quote(parts[1])
    name, lists = _PARENTS.get(collection, ("", ()))
    if len(parts) > 2 and parts[2] in lists:
        return f"/{parts[2]}?{name}={key}"
    return f"/{collection}/{key}"

"""The rows of the release's tables, read from the API itself, so that no file can say anything else."""

from collections.abc import Callable, Iterator
from typing import Any

from app.exports.table import Record
from app.models.decimal import parse_json

# Returns the body of the answer to a GET of a path-absolute URL.
Get = Callable[[str], bytes]
Reader = Callable[[Get], Iterator[Record]]

_PAGE_SIZE = 200


def notices(get: Get) -> Iterator[Record]:
    """Yield every notice's record, with what is nested in it."""
    return _items(get, f"/notices?limit={_PAGE_SIZE}")


def collection(name: str) -> Reader:
    """Return a reader of the items of a list over all notices, in the notices' own order."""
    return lambda get: _items(get, f"/{name}?notice=all&limit={_PAGE_SIZE}")


def nested(path: str, name: str) -> Reader:
    """Return a reader of the items of the array `name` in the object that each notice has at `path`."""

    def read(get: Get) -> Iterator[Record]:
        for notice in notices(get):
            slug = notice["notice"]
            for item in parse_json(get(f"{path}?notice={slug}"))[name]:
                yield {"notice": slug, **item}

    return read


def not_stated(get: Get) -> Iterator[Record]:
    """Yield what each notice does not state."""
    for notice in notices(get):
        for gap in notice["not_stated"]:
            yield {"notice": notice["notice"], **gap}


def vocabularies(get: Get) -> Iterator[Record]:
    """Yield the vocabularies without their terms."""
    for name, vocabulary in _vocabularies(get).items():
        yield {"name": name, **{field: value for field, value in vocabulary.items() if field != "terms"}}


def terms(get: Get) -> Iterator[Record]:
    """Yield the terms of all vocabularies."""
    for name, vocabulary in _vocabularies(get).items():
        for term in vocabulary["terms"]:
            yield {"vocabulary": name, **term}


def occurrences(get: Get) -> Iterator[Record]:
    """Yield the places at which the glossary's terms stand."""
    for entry in collection("glossary")(get):
        for place in entry["places"]:
            yield {"entry_id": entry["id"], **place}


def _items(get: Get, url: str | None) -> Iterator[Record]:
    while url:
        page = parse_json(get(url))
        yield from page["items"]
        url = page["next"]


def _vocabularies(get: Get) -> dict[str, Any]:
    found: dict[str, Any] = parse_json(get("/vocabularies"))["vocabularies"]
    return found

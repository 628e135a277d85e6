"""The rows of the release's tables, read from the API itself, so that no file can say anything else."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from app.exports.table import Record
from app.models.decimal import format_json, parse_json

# Returns the body of the answer to a GET of a path-absolute URL.
Get = Callable[[str], bytes]
Reader = Callable[[Get], Iterator[Record]]

# Is no address of the API; see `release.agreement`.
AGREEMENT = "/agreement.ndjson"
_PART = 1000  # records
_PAGE = 200  # releases


def notices(get: Get) -> Iterator[Record]:
    """Yield every notice's record, with what is nested in it."""
    return _lines(get, "/notices.ndjson?")


def collection(name: str) -> Reader:
    """Return a reader of the records of a collection over all notices, cited, in the notices' own order."""
    return lambda get: _lines(get, f"/{name}.ndjson?notice=all&")


def nested(path: str, name: str) -> Reader:
    """Return a reader of the items of the array `name` in the object that each notice has at `path`."""

    def read(get: Get) -> Iterator[Record]:
        for notice in notices(get):
            slug = notice["notice"]
            for item in parse_json(get(f"{path}?notice={slug}"))[name]:
                yield {"notice": slug, **item}

    return read


def places(name: str, reference: str) -> Reader:
    """Return a reader of the places of the records of a collection; `reference` is the field that names the record."""

    def read(get: Get) -> Iterator[Record]:
        for record in collection(name)(get):
            for place in record["places"]:
                yield {"notice": record["notice"], reference: record["id"], **place}

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


def releases(get: Get) -> Iterator[Record]:
    """Yield the releases of the data, the newest first, with their corrections."""
    for offset in count(0, _PAGE):
        page = parse_json(get(f"/changes?limit={_PAGE}&offset={offset}"))
        yield from page["items"]
        if page["next"] is None:
            return


def corrections(get: Get) -> Iterator[Record]:
    """Yield the corrections of all releases. What was and what is published may be of any type, so it is JSON here."""
    for release in releases(get):
        for number, correction in enumerate(release["corrections"], 1):
            record = {name: value for name, value in correction.items() if name not in ("uid", "url", "old", "new")}
            yield {
                "release": release["day"],
                "number": number,
                "record_uid": correction["uid"],
                "record_url": correction["url"],
                "old": format_json(correction["old"]),
                "new": format_json(correction["new"]),
                **record,
            }


def agreement(get: Get) -> Iterator[Record]:
    """Yield how far two readings of each notice agree, field by field; nothing for one that was read once."""
    for notice in notices(get):
        for line in get(f"{AGREEMENT}?notice={notice['notice']}").splitlines():
            yield {"notice": notice["notice"], **parse_json(line)}


def occurrences(get: Get) -> Iterator[Record]:
    """Yield the places at which the glossary's terms stand."""
    for entry in collection("glossary")(get):
        for place in entry["places"]:
            yield {"entry_id": entry["id"], **place}


def _lines(get: Get, url: str) -> Iterator[Record]:
    """Yield the records of a file, read in parts so that memory does not grow with their number."""
    for offset in count(0, _PART):
        lines = get(f"{url}limit={_PART}&offset={offset}").splitlines()
        yield from map(parse_json, lines)
        if len(lines) < _PART:
            return


def _vocabularies(get: Get) -> dict[str, Any]:
    found: dict[str, Any] = parse_json(get("/vocabularies"))["vocabularies"]
    return found

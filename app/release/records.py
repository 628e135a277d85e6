"""Records: every row of the release's tables, asked of the API itself, so that no file can say anything else."""

from collections.abc import Callable, Iterator
from typing import Any

from app.exports.encoding import parse_json
from app.exports.table import Record
from app.release.tables import ReleaseTable

# Gives the body of the answer to a path-absolute address.
Ask = Callable[[str], bytes]

_PAGE = 200


def records(ask: Ask, table: ReleaseTable) -> Iterator[Record]:
    """The rows of a table over all notices, in the notices' own order, page by page."""
    if special := _SPECIAL.get(table.name):
        return special(ask)
    return _items(ask, f"/{table.name}?notice=all&limit={_PAGE}")


def notices(ask: Ask) -> Iterator[Any]:
    """Every notice's record, with what is nested in it."""
    return _items(ask, f"/notices?limit={_PAGE}")


def _items(ask: Ask, url: str | None) -> Iterator[Any]:
    while url:
        page = parse_json(ask(url))
        yield from page["items"]
        url = page["next"]


def _not_stated(ask: Ask) -> Iterator[Record]:
    for notice in notices(ask):
        for gap in notice["not_stated"]:
            yield {"notice": notice["notice"], **gap}


def _parts(path: str, name: str) -> Callable[[Ask], Iterator[Record]]:
    """The rows that stand within one object a notice."""

    def parts(ask: Ask) -> Iterator[Record]:
        for notice in notices(ask):
            slug = notice["notice"]
            for part in parse_json(ask(f"{path}?notice={slug}"))[name]:
                yield {"notice": slug, **part}

    return parts


def _vocabularies(ask: Ask) -> Iterator[Record]:
    for name, vocabulary in parse_json(ask("/vocabularies"))["vocabularies"].items():
        yield {"name": name, **vocabulary}


def _terms(ask: Ask) -> Iterator[Record]:
    for name, vocabulary in parse_json(ask("/vocabularies"))["vocabularies"].items():
        for term in vocabulary["terms"]:
            yield {"vocabulary": name, **term}


def _occurrences(ask: Ask) -> Iterator[Record]:
    for entry in _items(ask, f"/glossary?notice=all&limit={_PAGE}"):
        for place in entry["places"]:
            yield {"entry_id": entry["id"], **place}


_SPECIAL: dict[str, Callable[[Ask], Iterator[Record]]] = {
    "notices": notices,
    "not_stated": _not_stated,
    "contact": _parts("/contact", "lines"),
    "declarations": _parts("/reconciliation", "declarations"),
    "vocabularies": _vocabularies,
    "terms": _terms,
    "occurrences": _occurrences,
}

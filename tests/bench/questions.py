"""Questions: what an address of the service asks, and the records that answer it, so that others can be asked the same.

Others search in another way: the service's hits are sections with what matches in them, theirs are the sections in
whose text the word stands. `types` says of which types a section has records.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

Record = dict[str, Any]
Records = Mapping[str, Sequence[Record]]  # by collection
Parameters = list[tuple[str, Any]]
COLLECTIONS = ("issues", "metrics", "sections")
SEVERAL = ("topics", "types")
_FIELDS = {"category": "category_number", "topic": "topics", "unit": "unit_code", "type": "types"}
_SORTS = {"value": "normalized_value", "issue": "issue_number", "unit": "unit_code", "counted": "counted_code"}
_TYPES = {"issue": "/issues", "measure": "/measures", "metric": "/metrics", "section": "/sections"}


@dataclass(frozen=True)
class Question:
    """A page of a collection. `filters` are fields, each with values of which a record has any; a `word` stands in the
    text."""

    collection: str
    filters: dict[str, list[str]]
    word: str | None
    sort: str | None
    descending: bool
    limit: int
    offset: int

    @property
    def single(self) -> dict[str, list[str]]:
        """Filters by a field that holds one value."""
        return {field: values for field, values in self.filters.items() if field not in SEVERAL}

    @property
    def several(self) -> dict[str, list[str]]:
        """Filters by a field that holds several values."""
        return {field: values for field, values in self.filters.items() if field in SEVERAL}


def read_question(address: str) -> Question:
    """What an address of the service asks."""
    path, _, asked = address.partition("?")
    given = parse_qs(asked, strict_parsing=True)
    sort = given.get("sort", [""])[0]
    key = sort.removeprefix("-")
    return Question(
        collection=path.removeprefix("/").replace("search", "sections"),
        filters={_FIELDS[name]: values for name, values in given.items() if name in _FIELDS},
        word=given.get("q", [None])[0],
        sort=_SORTS.get(key, key) or None,
        descending=sort.startswith("-"),
        limit=int(given["limit"][0]),
        offset=int(given.get("offset", ["0"])[0]),
    )


def query(path: str, parameters: Parameters) -> str:
    """An address with parameters."""
    return f"{path}?{urlencode(parameters, quote_via=quote)}"


def read_records(place: str) -> Records:
    """All records of the collections that are asked about, as the lists of the service at a place show them."""
    found = {name: list(_read_list(place, path)) for name, path in _TYPES.items()}
    sections = {name: {record["section_id"] for record in found[name]} for name in ("issue", "measure", "metric")}
    for section in found["section"]:
        section["types"] = ["section", *(name for name, ids in sections.items() if section["id"] in ids)]
    return {"issues": found["issue"], "metrics": found["metric"], "sections": found["section"]}


def _read_list(place: str, path: str) -> Iterator[Record]:
    connection = HTTPConnection(place, timeout=60)
    following: str | None = f"{path}?limit=200"
    while following:
        connection.request("GET", following)
        page = json.loads(connection.getresponse().read())
        yield from page["items"]
        following = page["next"]
    connection.close()

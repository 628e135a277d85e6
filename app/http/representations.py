"""Representations: in which form a list is answered, JSON or a file, and what of the query is foreign to that form."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.exports import FORMATS
from app.http.errors import Slip, slip
from app.http.negotiation import negotiated

JSON = "json"
LARGEST_PAGE = 200
LARGEST_FILE = 1_000_000
_LARGEST_SHEET = 1_000_000  # rows; spreadsheets take 1,048,576, and drop the rest unsaid
_FORMS = {form.media_type.partition(";")[0]: name for name, form in FORMATS.items()}
# All that a list is answered as; of what a client takes alike, the first.
MEDIA_TYPES = ["application/json", *_FORMS]
# The one form that a parameter is for.
_OWN = {"excel": "csv", "lang": "xlsx"}


def chosen(given: Mapping[str, str], accept: str, media_types: Sequence[str]) -> str:
    """The form that a request asks for: by `format`, which outweighs all, or by what it accepts."""
    return given.get("format") or _FORMS.get(negotiated(accept, media_types), JSON)


def foreign(form: str, given: Mapping[str, str]) -> Iterator[Slip]:
    """What of a query the form does not take."""
    for name, own in _OWN.items():
        if name in given and form != own:
            yield slip("query", name, f"{name!r} is for format={own} alone, and this is {form}.", [f"format={own}"])


def paged(operation: dict[str, Any]) -> dict[str, Any]:
    """An operation as it is in JSON, which takes less at once than files do."""
    parameters = [_paged(parameter) for parameter in operation.get("parameters", ())]
    return {**operation, "parameters": parameters}


def _paged(parameter: dict[str, Any]) -> dict[str, Any]:
    if parameter["name"] != "limit":
        return parameter
    narrower = {"maximum": LARGEST_PAGE, "x-beyond": "Files take more."}
    return {**parameter, "schema": {**parameter["schema"], **narrower}}


def too_many(form: str, rows: int) -> Iterator[Slip]:
    """What is wrong with so many rows in a form."""
    if form == "xlsx" and rows > _LARGEST_SHEET:
        message = f"A sheet takes {_LARGEST_SHEET} rows, and this is {rows}: ask for parts by 'limit', or for CSV."
        yield slip("query", "limit", message, [f"1 to {_LARGEST_SHEET}"])

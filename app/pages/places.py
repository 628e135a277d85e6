"""Where documents and organizations stand: each place quoted in its clause, with the measure that stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.context import PageContext
from app.pages.highlight import Segments, highlight

Record = dict[str, Any]
# Measures by notice and id.
Measures = dict[tuple[str, str], Record]


@dataclass(frozen=True)
class QuotedPlace:
    """A place with the words around it; `statement` and `measure` are None where it stands in no such clause."""

    place: Record
    segments: Segments
    statement: Record | None
    measure: Record | None
    directive_code: str | None


async def load_measures(page: PageContext, parameter: str, records: Sequence[Record]) -> Measures:
    """Return the measures in whose clauses any of some records stand; `parameter` is `document` or `organization`."""
    return await page.fetch_each("/measures", parameter, ((record["notice"], record["id"]) for record in records))


async def load_places(page: PageContext, record: Record, measures: Measures) -> list[QuotedPlace]:
    """Return every place of a record, quoted."""
    notice = record["notice"]
    clauses = [(notice, place["statement_id"]) for place in record["places"] if place["statement_id"]]
    statements = await page.fetch_each("/statements", "id", clauses)
    places = []
    for place in record["places"]:
        key = notice, place["statement_id"]
        statement, measure = statements.get(key), measures.get(key)
        start, text = (statement["start"], statement["text"]) if statement else _line(page, notice, place)
        segments = highlight(text, [(place["start"], place["end"], True)], start)
        places.append(QuotedPlace(place, segments, statement, measure, directive_code(place, measure)))
    return places


def _line(page: PageContext, notice: str, place: Record) -> tuple[int, str]:
    """Return the line of the source in which a place stands, and where it begins."""
    text = page.catalog.text(notice)
    start, end = text.rfind("\n", 0, place["start"]) + 1, text.find("\n", place["end"])
    line = text[start : end if end >= 0 else len(text)]
    return start + len(line) - len(line.lstrip()), line.strip()


def directive_code(place: Record, measure: Record | None) -> str | None:
    """Return how the actor was made to do what is said in a place; None where nothing tells that it was ordered.

    What a document's place says is an order where its measure is one, unless the document is only cited. What an
    organization's says is an order where it stands among the words for the actor.
    """
    if measure is None or measure["directive_code"] is None:
        return None
    if "act" in place:
        ordered = place["act"] != "cited"
    else:
        inside = measure["actor"] and measure["actor_start"] <= place["start"] and place["end"] <= measure["actor_end"]
        ordered = bool(inside) and place["part"] == "actor"
    return str(measure["directive_code"]) if ordered else None


def issuer_directive(document: Record, measures: Measures) -> str | None:
    """Return how the issuer of a document was made to issue it, if it was."""
    for place in document["places"]:
        measure = measures.get((document["notice"], place["statement_id"]))
        if measure and measure["directive_code"] and document["issuer"] and document["issuer"] == measure["actor"]:
            return str(measure["directive_code"])
    return None

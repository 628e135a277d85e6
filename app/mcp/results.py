"""Results: the API's records, cut to what an answer needs, each with `quote`, its place and its address.

No count of ours is in them, so that none can be taken for a figure of the notice.
"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
Cut = Callable[[Any], Record]

# Of each collection the printed field that is quoted, with its place, and the fields that are kept beside it.
_KEPT = {
    "metrics": (
        ("quote", "start", "end"),
        "label label_en value_text value unit unit_code qualifier lower upper nature direction comparison_text "
        "period_kind period_text counted counted_en per note note_en same_as part_of denominator "
        "scope issue_number section_id",
    ),
    "measures": (
        ("text", "start", "end"),
        "text_en kind actor directive directive_code prompted_by modality modality_text sanction issue_number "
        "section_id",
    ),
    "statements": (("text", "start", "end"), "text_en role issue_number section_id"),
    "issues": (
        ("title", "title_start", "title_end"),
        "number title_en problem topics status status_text text section_id",
    ),
    "sections": (("text", "start", "end"), "title title_en role parent_id"),
    "categories": (("title", "title_start", "title_end"), "number title_en framework section_id"),
    "documents": (("name", "start", "end"), "name_en type act issuer"),
    "organizations": (("name", "start", "end"), "name_en type named"),
    "notices": (
        ("title", "title_start", "title_end"),
        "title_en date_text source_name source_url inspected_body inspected_body_en inspection_text "
        "inspection_period_text feedback_text",
    ),
}
COLLECTIONS = tuple(_KEPT)
_PLACE = "section_id statement_id issue_number act part"


def cut(collection: str, record: Record) -> Record:
    """Return a record of a collection, cut; what is nested in it is cut as well."""
    (text, start, end), kept = _KEPT[collection]
    result = {"quote": record[text], "start": record[start], "end": record[end]}
    result |= _pick(record, f"{kept} uid url")
    for name in ("measures", "metrics"):
        if name in record:
            result[name] = [cut(name, inner) for inner in record[name]]
    if "places" in record:
        result["places"] = [
            {"quote": place["text"], "start": place["start"], "end": place["end"], **_pick(place, _PLACE)}
            for place in record["places"]
        ]
    return result


def cut_list(cut_item: Cut) -> Cut:
    """Return what cuts a page of a list."""
    return lambda page: {"items": [cut_item(item) for item in page["items"]], "more": page["next"] is not None}


def cut_hit(hit: Record) -> Record:
    """Return a passage that a search found, with the records there."""
    quoted = {"quote": hit["excerpt"], "start": hit["excerpt_start"], "end": hit["excerpt_end"]}
    return {**quoted, **_pick(hit, "section_id issue_number url"), "records": [_link(link) for link in hit["records"]]}


def cut_location(location: Record) -> Record:
    """Return whether words stand in the notice, and where they or the nearest do."""
    places = [
        {
            "quote": place["sentence"],
            "start": place["sentence_start"],
            "end": place["sentence_end"],
            "text": place["text"],
            "text_start": place["start"],
            "text_end": place["end"],
            **_pick(place, "section_id issue_number"),
            "records": [_link(link) for link in place["records"]],
        }
        for place in location["places"]
    ]
    differences = [_pick(difference, "asked stands start end") for difference in location["differences"]]
    return {**_pick(location, "status statement statement_en url"), "places": places, "differences": differences}


def cut_gaps(notice: Record) -> Record:
    """Return what a notice does not state."""
    return {"not_stated": notice["not_stated"], "url": notice["url"]}


def _link(link: Record) -> Record:
    """Return a record by name and address. Only metrics have labels of ours; those of other records are printed."""
    label = "label" if link["type"] == "metric" else "text"
    return {"type": link["type"], label: link["label"], "label_en": link["label_en"], **_pick(link, "uid url")}


def _pick(record: Record, names: str) -> Record:
    return {name: record[name] for name in names.split() if name in record}

"""The bounds of sections: one is split at the caret, two are joined, words become a heading or residue."""

from typing import Any

from app.transcription.source import Span
from app.workbench.folder import Content, Record
from app.workbench.places import Places
from app.workbench.records import Refused, ask, find, free_id, place_of, put, settle

_PLACED = ("statements", "metrics", "numerals", "contact")


def split_section(content: Content, places: Places, record: str, at: int) -> str:
    """Begin a new section, beside this one, at a position of its text; return its address."""
    sections, n = place_of(content, record)
    section = sections[n]
    lines = places.paragraphs.get(section["id"], [])
    before = [Span(line.start, min(line.end, at)) for line in lines if line.start < at]
    after = [Span(max(line.start, at), line.end) for line in lines if line.end > at]
    kept, moved = ([text for span in spans if (text := places.source[span].strip())] for spans in (before, after))
    if not moved or not (kept or section.get("heading")):
        raise Refused("put the caret where the new section begins, inside the text of this one")
    put(section, "text", kept)
    second: Record = {"id": free_id(content, "sections", f"{section['id']}-part-"), "parent": section.get("parent")}
    second |= {"role": section["role"], "text": moved}
    sections.insert(n + 1, {key: value for key, value in second.items() if value is not None})
    _move(content, places, section["id"], second["id"], Span(at, places.source.whole.end))
    ask(content, f"sections/{second['id']}", "role", second["role"], "split")
    return f"sections/{second['id']}"


def join_section(content: Content, places: Places, record: str) -> str:
    """Take the heading and the text of the next section into the text of this one; return its address."""
    sections, n = place_of(content, record)
    if n + 1 == len(sections):
        raise Refused("there is no section behind this one")
    section, second = sections[n], sections[n + 1]
    for name in ("issues", "categories"):
        if any(entry.get("section") == second["id"] for entry in content.get(name, [])):
            raise Refused(f"{second['id']} is one of the {name}; remove that first")
    section["text"] = [
        *(section.get("text") or []),
        *([second["heading"]] if second.get("heading") else []),
        *(second.get("text") or []),
    ]
    for other in sections:
        if other.get("parent") == second["id"]:
            other["parent"] = section["id"]
    _move(content, places, second["id"], section["id"], places.source.whole)
    settle(content, f"sections/{second['id']}")
    del sections[n + 1]
    return record


def set_heading(content: Content, places: Places, record: str, span: Span) -> None:
    """Make words at the beginning of a section's text its heading."""
    section = find(content, record)
    first = next(iter(places.paragraphs.get(section["id"], [])), None)
    if section.get("heading") or first is None or span.start != first.start or not first.contains(span):
        raise Refused("a heading is the first words of a section that has none yet")
    rest = places.source[Span(span.end, first.end)].strip()
    section["heading"] = places.source[span]
    section["text"] = [*([rest] if rest else []), *section["text"][1:]]
    settle(content, record, "heading")


def _move(content: Content, places: Places, old: str, new: str, within: Span) -> None:
    """Let everything that stands in a stretch of one section stand in another."""
    moved = {place.record for place in places.found if not place.field and within.contains(place.span)}
    moved |= {p.record for p in places.found if p.field == "value_text" and within.contains(p.span)}
    moved |= {p.record for p in places.found if p.record.startswith("contact/") and within.contains(p.span)}
    for name in _PLACED:
        for entry in content.get(name, []):
            if entry.get("section") == old and f"{name}/{entry.get('id')}" in moved:
                entry["section"] = new
    for name, field in (("documents", "places"), ("organizations", "mentions")):
        for entry in content.get(name, []):
            _move_quotes(places, f"{name}/{entry['id']}", field, entry.get(field) or [], old, new, within)


def _move_quotes(places: Places, record: str, field: str, quotes: list[Any], old: str, new: str, within: Span) -> None:
    for n, place in enumerate(quotes):
        span = places.of(record, f"{field}.{n}.quote")
        if place.get("section") == old and span and within.contains(span):
            place["section"] = new

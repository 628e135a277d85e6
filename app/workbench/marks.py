"""Selected text becomes a field of the record at hand, or a figure, document or body of its own."""

from typing import Any

from app.transcription.layout.vocabulary import Vocabulary
from app.transcription.parsing.figures import parse_figure
from app.transcription.source import Span
from app.workbench.folder import Content, Record
from app.workbench.places import Places
from app.workbench.records import Refused, address, ask, find, free_id, put, settle


def quote(places: Places, span: Span, within: Span) -> str | dict[str, str]:
    """Return a span as a quote: its words, with as much before or after them as tells them apart in `within`."""
    text = places.source[within]
    words, start = places.source[span], span.start - within.start
    end = start + len(words)
    for reach in range(max(start, len(text) - end) + 1):
        suffix, prefix = text[end : end + reach], text[max(0, start - reach) : start]
        for selector in ({"suffix": suffix}, {"prefix": prefix}, {"prefix": prefix, "suffix": suffix}):
            context = selector.get("prefix", "") + words + selector.get("suffix", "")
            if _count(text, context) == 1:
                return {"exact": words} | {k: v for k, v in selector.items() if v} if reach else words
    return words


def _count(text: str, part: str) -> int:
    return sum(text.startswith(part, n) for n in range(len(text)))


def set_field(
    content: Content, places: Places, record: str, field: str, span: Span, vocabularies: dict[str, Vocabulary]
) -> None:
    """Make a span the quoted field of a record; raise `Refused` if it lies outside of what the field may quote."""
    within = _reach(content, places, record)
    if within is None or not within.contains(span):
        raise Refused(f"the selection is not in the sentence or section of {record}")
    put(find(content, record), field, quote(places, span, within))
    settle(content, record, field)
    if field == "counted" and any((g["record"], g["field"]) == (record, "label") for g in content["guesses"]):
        put(find(content, record), "label", places.source[span])
    if field == "directive":
        put(find(content, record), "directive_code", _code_in(vocabularies, "directive", places.source[span]))
        settle(content, record, "directive_code")


def _reach(content: Content, places: Places, record: str) -> Span | None:
    name = record.partition("/")[0]
    if name == "notice":
        return places.source.whole
    if name == "issues":
        return places.of(f"sections/{find(content, record)['section']}", "heading")
    if name in ("statements", "metrics"):
        at = places.of(record) or places.of(record, "value_text") or places.of(record, "quote")
        return places.sentence(at) if at else None
    return places.sections.get(find(content, record).get("section", ""))


def mark_document(content: Content, places: Places, span: Span, vocabularies: dict[str, Vocabulary]) -> str:
    """Add a place to the document of this name, or a document with its first place; return its address."""
    section, words = _section(places, span), places.source[span]
    place: Record = {"section": section, "quote": quote(places, span, places.sections[section])}
    for n, known in enumerate(content.get("documents", [])):
        if known["name"] == words:
            _refuse_twice(places, address("documents", known, n), span)
            known["places"].append(place)
            return address("documents", known, n)
    clause = places.of(places.statement_of(span) or "") or span
    act = _code_in(vocabularies, "document_act", places.source[clause]) or "cited"
    kind = _code_in(vocabularies, "document_type", words) or "other"
    id = free_id(content, "documents", "document-")
    record = {"id": id, "name": words, "type": kind, "act": act, "places": [place]}
    content.setdefault("documents", []).append(record)
    for field in ("type", "act"):
        ask(content, f"documents/{id}", field, record[field], "marked")
    return f"documents/{id}"


def mark_body(content: Content, places: Places, span: Span) -> str:
    """Add a mention to the body of this name, or a body with its first mention; return its address."""
    section, words = _section(places, span), places.source[span]
    statement = places.statement_of(span) or ""
    part = "actor" if places.of(statement, "actor") == span else "mentioned"
    if places.of(statement, "prompted_by") == span:
        part = "prompter"
    mention = {"section": section, "quote": quote(places, span, places.sections[section]), "part": part}
    for n, known in enumerate(content.get("organizations", [])):
        if known["name"] == words and known.get("named"):
            body = address("organizations", known, n)
            _refuse_twice(places, body, span)
            known["mentions"].append(mention)
            ask(content, body, f"mentions.{len(known['mentions']) - 1}.part", part, "marked")
            return body
    id = free_id(content, "organizations", "body-")
    record = {"id": id, "name": words, "type": "unit", "named": True, "mentions": [mention]}
    content.setdefault("organizations", []).append(record)
    for field in ("type", "named", "mentions.0.part"):
        ask(content, f"organizations/{id}", field, part if field.startswith("m") else record[field], "marked")
    return f"organizations/{id}"


def mark_figure(content: Content, places: Places, span: Span, vocabularies: dict[str, Vocabulary]) -> str:
    """Add a figure whose printed value is selected, with what its words say; return its address."""
    section, words = _section(places, span), places.source[span]
    figure = parse_figure(words)
    if figure is None:
        raise Refused(f"{words!r} can't be parsed as one figure")
    sentence = places.sentence(span)
    id = free_id(content, "metrics", f"figure-{section}-")
    unit_code = next((t.code for t in vocabularies["unit"].terms if figure.unit in t.forms), None)
    record: Record = {
        "id": id,
        "section": section,
        "quote": quote(places, sentence, places.sections[section]),
        "value_text": quote(places, span, sentence),
        "value": figure.value,
        "unit": figure.unit,
        "unit_code": unit_code,
        "multiplier": figure.multiplier,
        "qualifier": figure.qualifier,
        "nature": "share" if unit_code == "percent" else "level",
        "period_kind": "none",
        "counted": words,
        "counted_code": vocabularies["counted"].terms[0].code,
        "label": words,
        "scope": "issue" if any(i.get("section") == section for i in content.get("issues", [])) else "notice",
    }
    _insert(content, places, {key: value for key, value in record.items() if value is not None}, span)
    for numeral in content.get("numerals", []):
        at = places.of(f"numerals/{numeral.get('id')}")
        if at and span.contains(at):
            numeral["class"] = "metric"
            settle(content, f"numerals/{numeral['id']}", "class")
    for field in ("counted", "counted_code", "nature", "period_kind", "scope", "label"):
        ask(content, f"metrics/{id}", field, record[field], "marked")
    return f"metrics/{id}"


def _insert(content: Content, places: Places, record: Record, span: Span) -> None:
    """Put a figure among the others in the order of the source."""
    metrics: list[Any] = content.setdefault("metrics", [])
    before = [places.of(address("metrics", metric, n), "value_text") for n, metric in enumerate(metrics)]
    metrics.insert(next((n for n, at in enumerate(before) if at and at.start > span.start), len(metrics)), record)


def _refuse_twice(places: Places, record: str, span: Span) -> None:
    if any(place.record == record and place.span == span for place in places.found):
        raise Refused(f"this place is already one of {record}")


def _section(places: Places, span: Span) -> str:
    section = places.section_of(span) if span else None
    if section is None:
        raise Refused("select words within one section first")
    return section


def _code_in(vocabularies: dict[str, Vocabulary], name: str, text: str) -> str | None:
    """Return the code whose printed form, or name, stands last in a text: of 管理办法 that is 办法."""
    terms = vocabularies[name].terms if name in vocabularies else []
    forms = [(form, term.code) for term in terms for form in (*term.forms, term.zh)]
    ends = [(text.rfind(form), len(form), code) for form, code in forms if form in text]
    return max(ends)[2] if ends else None

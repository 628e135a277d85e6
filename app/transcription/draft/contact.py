"""Contact details: every labelled telephone, address and the like, and what stands there without a label."""

import re
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons, any_of
from app.transcription.source import Span

_TELEPHONE = (
    r"(?:[0-9]{3,4}[-—－ ]?)?[0-9]{7,8}(?:(?:转|-|—|分机)[0-9]{1,6})?|1[3-9][0-9]{9}|(?<![0-9])12[0-9]{3}(?![0-9])"
)
_VALUES = {
    "telephone": _TELEPHONE,
    "fax": _TELEPHONE,
    "email": r"[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+[A-Za-z0-9]",
    "postcode": r"[0-9]{6}",
    "website": r"(?:https?://)?[A-Za-z0-9./_?=&-]+\.[A-Za-z0-9./_?=&-]+",
}
_IDS = {"postal_address": "postal-address", "envelope_note": "envelope-note"}


@dataclass(frozen=True)
class Contact:
    """A contact line; `uri` is the address of a telephone or of an e-mail."""

    id: str
    kind: str
    label: Span | None
    text: Span
    uri: str | None
    confidence: float
    rule: str


def read_contact(text: str, body: Span, lexicons: Lexicons) -> list[Contact]:
    """Return the contact lines of a section in their order."""
    found: list[Contact] = []
    labels = _labels(text, body, lexicons)
    for n, (kind, label, start) in enumerate(labels):
        end = labels[n + 1][1].start if n + 1 < len(labels) else body.end
        end = min(end, text.find("\n", start, end) if "\n" in text[start:end] else end)
        found += _values(text, kind, label, Span(start, end))
    taken = [contact.text for contact in found]
    for kind in ("email", "telephone"):
        for match in re.compile(_VALUES[kind]).finditer(text, body.start, body.end):
            span = Span(match.start(), match.end())
            if not any(span.overlaps(other) for other in taken) and _is_apart(text, span):
                found.append(Contact("", kind, None, span, _uri(kind, match[0]), 0.6, "contact:without a label"))
                taken.append(span)
    return _with_ids(sorted(found, key=lambda contact: contact.text.start))


def _labels(text: str, body: Span, lexicons: Lexicons) -> list[tuple[str, Span, int]]:
    """Return kind, label and the position after it of every label."""
    found = []
    kinds = [(word, kind) for kind, words in lexicons.table("contact.kinds").items() for word in words]
    by_word = dict(kinds)
    pattern = re.compile(
        rf"(?P<label>{any_of(by_word)})(?P<mark>[\s]*[:：][\s]*|[“\"](?=[^”\"]+[”\"])|(?=[0-9])|[\s]+(?=[0-9A-Za-z]))"
    )
    for match in pattern.finditer(text, body.start, body.end):
        found.append((by_word[match["label"]], Span(match.start("label"), match.end("label")), match.end()))
    return found


def _values(text: str, kind: str, label: Span, rest: Span) -> list[Contact]:
    printed = text[rest.start : rest.end]
    if kind in _VALUES:
        matches = list(re.finditer(_VALUES[kind], printed))
        return [
            Contact(
                "",
                kind,
                label,
                Span(rest.start + m.start(), rest.start + m.end()),
                _uri(kind, m[0]),
                0.95,
                "contact:label",
            )
            for m in matches
        ]
    if kind == "envelope_note":
        value = re.match('[“"]?([^”"）)。\n]+)', printed)
        span = Span(rest.start + value.start(1), rest.start + value.end(1)) if value else None
    else:
        value = re.match(r"[^(（;；。\n]+", printed)
        end = rest.start + len(value[0].rstrip(" ,，、\u3000\u2003")) if value else rest.start
        span = Span(rest.start, end)
    return [Contact("", kind, label, span, None, 0.9, "contact:label")] if span else []


def _is_apart(text: str, span: Span) -> bool:
    return (
        not re.match("[0-9A-Za-z]", text[span.start - 1 : span.start]) and not text[span.end : span.end + 1].isdigit()
    )


def _uri(kind: str, printed: str) -> str | None:
    if kind == "email":
        return f"mailto:{printed}"
    if kind != "telephone":
        return None
    number, *rest = re.split("转|分机", printed, maxsplit=1)
    extension = "".join(re.findall("[0-9]+", "".join(rest)))
    digits = "-".join(re.findall("[0-9]+", number)).lstrip("0")
    return f"tel:+86-{digits}" + (f";ext={extension}" if extension else "")


def _with_ids(found: list[Contact]) -> list[Contact]:
    counts: dict[str, int] = {}
    out = []
    for contact in found:
        name = _IDS.get(contact.kind, contact.kind)
        counts[name] = counts.get(name, 0) + 1
        id = name if counts[name] == 1 else f"{name}-{counts[name]}"
        out.append(
            Contact(id, contact.kind, contact.label, contact.text, contact.uri, contact.confidence, contact.rule)
        )
    return out

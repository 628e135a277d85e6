"""Contact details: every labelled telephone, address and the like, and what stands there without a label."""

import re
from dataclasses import dataclass
from typing import Any

from app.transcription.draft.guesses import Guesses
from app.transcription.draft.lexicons import Lexicons, any_of
from app.transcription.draft.nodes import Node
from app.transcription.draft.quoting import quote
from app.transcription.parsing.contact import contact_uris
from app.transcription.source import Span

_TELEPHONE = (
    r"(?:[(（][0-9]{3,4}[)）]|[0-9]{3,4}[-—\uff0d ]?)?[0-9]{7,8}(?:(?:转|-|—|分机)[0-9]{1,6})?"
    r"|1[3-9][0-9]{9}|(?<![0-9])12[0-9]{3}(?![0-9])"
)
_VALUES = {
    "telephone": _TELEPHONE,
    "fax": _TELEPHONE,
    "email": r"[A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+[A-Za-z0-9]",
    "postcode": r"[0-9]{6}",
    "website": r"(?:https?://)?[A-Za-z0-9./_?=&-]+\.[A-Za-z0-9./_?=&-]+",
}


@dataclass(frozen=True)
class Contact:
    """A contact line; `uri` is the address of a telephone or of an e-mail."""

    kind: str
    label: Span | None
    text: Span
    uri: str | None
    confidence: float
    rule: str


class ContactDrafter:
    """Drafts the contact lines of sections, and keeps their places."""

    def __init__(self, text: str, lexicons: Lexicons, guesses: Guesses) -> None:
        self.text, self.lexicons, self.guesses = text, lexicons, guesses
        self.lines: list[dict[str, Any]] = []
        self.places: list[Span] = []

    def add(self, node: Node) -> None:
        """Add the lines of a section, if it has any."""
        for paragraph in node.paragraphs if node.role == "contact" else []:
            for contact in read_contact(self.text, paragraph, self.lexicons):
                self.lines.append(self._line(node, contact))
                self.places.append(contact.text)

    def _line(self, node: Node, contact: Contact) -> dict[str, Any]:
        count = sum(line["kind"] == contact.kind for line in self.lines)
        id = contact.kind.replace("_", "-") + (f"-{count + 1}" if count else "")
        kind = self.guesses.add(f"contact/{id}", "kind", contact.kind, contact.confidence, contact.rule)
        printed = {"id": id, "section": node.id, "kind": kind}
        if contact.label:
            printed["label"] = quote(self.text, contact.label, node.body)
        printed["text"] = quote(self.text, contact.text, node.body)
        return printed | ({"uri": contact.uri} if contact.uri else {})


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
                uri = contact_uris(kind, match[0], _before(text, span))[0]
                found.append(Contact(kind, None, span, uri, 0.6, "contact:without a label"))
                taken.append(span)
    return sorted(found, key=lambda contact: contact.text.start)


def _labels(text: str, body: Span, lexicons: Lexicons) -> list[tuple[str, Span, int]]:
    """Return kind, label and the position after it of every label."""
    kinds = [(word, kind) for kind, words in lexicons.table("contact.kinds").items() for word in words]
    by_word = dict(kinds)
    pattern = re.compile(
        rf"(?P<label>{any_of(by_word)})(?P<mark>[\s]*[:：][\s]*|[“\"](?=[^”\"]+[”\"])|(?=[0-9])|[\s]+(?=[0-9A-Za-z]))"
    )
    return [
        (by_word[match["label"]], Span(match.start("label"), match.end("label")), match.end())
        for match in pattern.finditer(text, body.start, body.end)
    ]


def _values(text: str, kind: str, label: Span, rest: Span) -> list[Contact]:
    """Return what stands after a label: every number of a telephone, else the words up to the next mark."""
    printed = text[rest.start : rest.end]
    if kind in _VALUES:
        spans = [Span(rest.start + m.start(), rest.start + m.end()) for m in re.finditer(_VALUES[kind], printed)]
    elif kind == "envelope_note":
        note = re.match('[“"]?([^”"）)。\n]+)', printed)
        spans = [Span(rest.start + note.start(1), rest.start + note.end(1))] if note else []
    else:
        value = re.match(r"[^(（;；。\n]+", printed)
        spans = [Span(rest.start, rest.start + len(value[0].rstrip(" ,，、\u3000\u2003")))] if value else []
    if kind in ("postbox", "postal_address") and spans:
        # A numbered box is no street.
        kind = "postbox" if re.search("第?[0-9]+号?信箱$", text[spans[0].start : spans[0].end]) else "postal_address"
    return [
        Contact(
            kind,
            label if span == spans[0] else None,
            span,
            contact_uris(kind, text[span.start : span.end], _before(text, span))[0],
            0.93,
            "contact:label",
        )
        for span in spans
        if span
    ]


def _before(text: str, span: Span) -> str:
    """Return what the line prints before a span."""
    return text[text.rfind("\n", 0, span.start) + 1 : span.start]


def _is_apart(text: str, span: Span) -> bool:
    return (
        not re.match("[0-9A-Za-z]", text[span.start - 1 : span.start]) and not text[span.end : span.end + 1].isdigit()
    )

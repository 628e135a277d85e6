"""Contact details: every labelled telephone, address and the like, and what stands there without a label."""

import re
import unicodedata
from dataclasses import dataclass

from app.transcription.draft.lexicons import Lexicons, any_of
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
_SHORT, _LOCAL = 6, 8  # digits of a hotline (12345), and at most of a number within one area
_AREA_CODE = re.compile("(?<![0-9])0[0-9]{2,3}(?![0-9])")


@dataclass(frozen=True)
class Contact:
    """A contact line; `uri` is the address of a telephone or of an e-mail."""

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
                uri = _uri(kind, match[0], _before(text, span))
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
            _uri(kind, text[span.start : span.end], _before(text, span)),
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


def _uri(kind: str, printed: str, before: str) -> str | None:
    """Return the address of a telephone, a fax, an e-mail or a website; `before` is what its line prints before it.

    None for a local number without an area code on its line, which can't be reached from elsewhere.
    """
    if kind == "email":
        return f"mailto:{printed}"
    if kind == "website":
        return printed if "://" in printed else f"http://{printed}"
    if kind not in ("telephone", "fax"):
        return None
    number, *rest = re.split("转|分机", unicodedata.normalize("NFKC", printed), maxsplit=1)
    extension = "".join(re.findall("[0-9]+", "".join(rest)))
    parts = re.findall("[0-9]+", number)
    digits = "".join(parts)
    if len(digits) <= _SHORT:
        return f"tel:{digits};phone-context=+86"
    if len(digits) <= _LOCAL and not digits.startswith("0"):
        codes = _AREA_CODE.findall(before)
        if not codes:
            return None
        parts = [codes[-1], *parts]
    return f"tel:+86-{'-'.join(parts).lstrip('0')}" + (f";ext={extension}" if extension else "")

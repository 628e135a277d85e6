"""How near a draft comes to what people decided: precision and recall, field by field."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.transcription.draft.places import (
    contact_places,
    issue_places,
    metric_places,
    name_places,
    numeral_places,
    section_places,
    statement_places,
)
from app.transcription.draft.quoting import words_of

Records = Mapping[Any, dict[str, Any]]
_MASTHEAD = ("title", "date", "date_text", "source_name", "inspected_body", "residue")
_STATEMENT = ("role", "kind", "actor", "directive", "directive_code", "modality", "sanction")
_FIGURE = (
    "value", "unit", "unit_code", "multiplier", "qualifier", "nature", "direction", "comparison", "comparison_text",
    "period_kind", "period_text", "per", "scope", "indicator", "counted", "counted_code",
)  # fmt: skip


@dataclass
class Row:
    """A field: how many values people decided, how many were drafted, and how many are the same."""

    field: str
    decided: int = 0
    drafted: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        return self.right / self.drafted if self.drafted else None

    @property
    def recall(self) -> float | None:
        return self.right / self.decided if self.decided else None


def compare(draft: dict[str, Any], guesses: Iterable[dict[str, Any]], decided: dict[str, Any], text: str) -> list[Row]:
    """Return a row for every field that people decided.

    Records are matched by their place in the text. A row of a field counts over the records that both have; null is a
    value where what matters is whether anything is printed, as for an actor.
    """
    rows = [*_masthead(draft["notice"], decided["notice"])]
    for name, place, fields in (
        ("sections", section_places, ("role", "parent")),
        ("issues", issue_places, ("problem", "status", "status_text")),
        ("statements", statement_places, _STATEMENT),
        ("metrics", metric_places, _FIGURE),
        ("numerals", numeral_places, ("class",)),
        ("contact", contact_places, ("label", "uri")),
        ("documents", name_places, ("type", "act")),
        ("organizations", name_places, ("type", "named")),
    ):
        ours, theirs = _by_place(place(draft, name, text)), _by_place(place(decided, name, text))
        rows.append(_found(_LABELS[name], ours, theirs))
        rows += [_equal(f"{_LABELS[name]}: {field}", ours, theirs, field) for field in fields]
        if name == "statements":
            rows.append(_among_three(ours, theirs, guesses))
    return [row for row in rows if row.decided or row.drafted]


_LABELS = {
    "sections": "section", "issues": "issue", "statements": "statement", "metrics": "figure", "numerals": "numeral",
    "contact": "contact", "documents": "document", "organizations": "organization",
}  # fmt: skip


def table(rows: Iterable[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = ["| field | decided | drafted | right | precision | recall |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for row in rows:
        shares = [f"{share:.3f}" if share is not None else "-" for share in (row.precision, row.recall)]
        lines.append(f"| {row.field} | {row.decided} | {row.drafted} | {row.right} | {' | '.join(shares)} |")
    return "\n".join(lines)


def _masthead(draft: dict[str, Any], decided: dict[str, Any]) -> Iterator[Row]:
    ours, theirs = _flat(draft), _flat(decided)
    for field in (*_MASTHEAD, *(f"inspection.{name}" for name in decided.get("inspection", {}))):
        pair = (_plain(ours.get(field)), _plain(theirs.get(field)))
        yield _count(f"masthead: {field}", [pair]) if field != "residue" else _residue(ours, theirs)


def _residue(ours: dict[str, Any], theirs: dict[str, Any]) -> Row:
    """Compare residue by its characters: whether a line is one piece or two is no matter."""
    drafted, decided = (re.sub(r"\s", "", "".join(notice.get("residue") or [])) for notice in (ours, theirs))
    return Row("masthead: residue", len(decided), len(drafted), len(decided) if drafted == decided else 0)


def _flat(notice: dict[str, Any]) -> dict[str, Any]:
    return notice | {f"inspection.{name}": value for name, value in notice.get("inspection", {}).items()}


def _plain(value: Any) -> Any:
    """Return the words of a quote, and anything else as it is."""
    if isinstance(value, dict):
        return words_of(value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _by_place(placed: Iterable[tuple[Any, dict[str, Any]]]) -> dict[Any, dict[str, Any]]:
    return {place: record for place, record in placed if place is not None}


def _found(label: str, ours: Records, theirs: Records) -> Row:
    return Row(label, len(theirs), len(ours), len(ours.keys() & theirs.keys()))


def _equal(label: str, ours: Records, theirs: Records, field: str) -> Row:
    both = [place for place in theirs if place in ours and field in theirs[place]]
    return _count(label, [(_plain(ours[place].get(field)), _plain(theirs[place].get(field))) for place in both])


def _count(label: str, pairs: Iterable[tuple[Any, Any]]) -> Row:
    row = Row(label)
    for drafted, decided in pairs:
        row.decided += decided is not None
        row.drafted += drafted is not None
        row.right += drafted is not None and drafted == decided
    return row


def _among_three(ours: Records, theirs: Records, guesses: Iterable[dict[str, Any]]) -> Row:
    """Count the kinds that are the draft's first choice or among its next two."""
    choices = {g["record"]: [g["value"], *g.get("alternatives", [])] for g in guesses if g["field"] == "kind"}
    row = Row("statement: kind, among three")
    for place in theirs:
        if place in ours and theirs[place].get("kind"):
            offered = choices.get(f"statements/{ours[place]['id']}", [])
            row.decided += 1
            row.drafted += bool(offered)
            row.right += theirs[place]["kind"] in offered
    return row


def total(tables: Iterable[Iterable[Row]]) -> list[Row]:
    """Return the rows of several notices together."""
    found: dict[str, Row] = {}
    for rows in tables:
        for row in rows:
            sum_ = found.setdefault(row.field, Row(row.field))
            sum_.decided += row.decided
            sum_.drafted += row.drafted
            sum_.right += row.right
    return list(found.values())

"""The agreement of two readings: per cent and Cohen's kappa by field, and where they differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from app.models.statement import MEASURE
from app.transcription.layout.readings import ReadDocument, Reading, ReadOrganization
from app.transcription.readings import Readings

T = TypeVar("T")
Value = str | bool | None
# The value of each unit, by its field and its key; a field without a colon says of a unit only that it is there.
Units = dict[str, dict[str, Value]]

_OF_MEASURES = ("kind", "actor", "prompted_by", "directive", "directive_code")
_OF_CLAUSES = (*_OF_MEASURES, "modality", "modality_text")
_HEADINGS = ("field", "units", "agreed", "per cent", "kappa", "Dice", "differences")
_UNDEFINED = "-"


@dataclass(frozen=True)
class Row:
    """The agreement on one field. `kappa` is null where it is not defined, `dice` for all but presence."""

    field: str
    units: int
    agreed: int
    kappa: float | None
    dice: float | None

    @property
    def cells(self) -> tuple[str, ...]:
        per_cent = f"{100 * self.agreed / self.units:.1f}" if self.units else _UNDEFINED
        kappa, dice = (_UNDEFINED if value is None else f"{value:.3f}" for value in (self.kappa, self.dice))
        return self.field, str(self.units), str(self.agreed), per_cent, kappa, dice, str(self.units - self.agreed)


def units_of(reading: Reading) -> Units:
    """Return the units of one reading."""
    units: Units = {}
    clauses = _numbered((f"{clause.section}: {clause.quote}", clause) for clause in reading.clauses)
    units["clause"] = dict.fromkeys(clauses, True)
    _add(units, "clause", clauses, "role")
    _add(units, "clause", {key: clause for key, clause in clauses.items() if clause.role == MEASURE}, *_OF_CLAUSES)
    # Beside measures, declared totals may print a sanction; these are the only outcomes outside the issues.
    _add(units, "clause", {key: c for key, c in clauses.items() if c.role != "commitment"}, "sanction")
    statements = {statement.id: statement for statement in reading.measures}
    _add(units, "statement", statements, "role")
    measures = {id: statement for id, statement in statements.items() if statement.role == MEASURE}
    _add(units, "statement", measures, *_OF_MEASURES, "sanction")
    _add_documents(units, reading.documents)
    undocumented = {f"{entry.statement}: {entry.verb}": entry for entry in reading.undocumented}
    units["no document"] = dict.fromkeys(undocumented, True)
    _add(units, "no document", undocumented, "reason")
    _add_organizations(units, reading.organizations)
    _add(units, "figure", {figure.id: figure for figure in reading.figures}, "per", "period_kind", "period_text")
    units["topic"] = {f"issue {entry.issue}: {topic}": True for entry in reading.topics for topic in entry.topics}
    return units


def _add_documents(units: Units, documents: Iterable[ReadDocument]) -> None:
    known = {f"{_bare(text.name)} in {text.places[0].section}": text for text in documents}
    units["document"] = dict.fromkeys(known, True)
    _add(units, "document", known, "type", "act", "issuer")
    places = ((f"{key} at {place.statement or place.section}", (text, place)) for key, text in known.items()
              for place in text.places)  # fmt: skip
    acts: dict[str, Value] = {key: place.act or text.act for key, (text, place) in _numbered(places).items()}
    units["place of a document"] = dict.fromkeys(acts, True)
    units["place of a document: act"] = acts


def _add_organizations(units: Units, bodies: Iterable[ReadOrganization]) -> None:
    # A body that is only singled out is another one in another section.
    known = {body.name if body.named else f"{body.name} in {body.mentions[0].section}": body for body in bodies}
    units["organization"] = dict.fromkeys(known, True)
    _add(units, "organization", known, "type", "named")
    mentions = ((f"{key} at {mention.statement or mention.section}", mention) for key, body in known.items()
                for mention in body.mentions)  # fmt: skip
    numbered = _numbered(mentions)
    units["mention"] = dict.fromkeys(numbered, True)
    _add(units, "mention", numbered, "part")


def _add(units: Units, name: str, records: Mapping[str, BaseModel], *fields: str) -> None:
    for field in fields:
        units[f"{name}: {field}"] = {key: getattr(record, field) for key, record in records.items()}


def _numbered(records: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return records by their keys, the second of the same key as `key #2`, and so on."""
    seen, found = Counter[str](), dict[str, T]()
    for key, record in records:
        seen[key] += 1
        found[key if seen[key] == 1 else f"{key} #{seen[key]}"] = record
    return found


def _bare(name: str) -> str:
    """Return the name of a document without quotation marks around or titles marked in it."""
    name = name.replace("《", "").replace("》", "")
    return name[1:-1] if name[:1] == "“" and name[-1:] == "”" and name.count("“") == 1 else name


def is_presence(field: str) -> bool:
    """Return whether a field says of its units only that they are there."""
    return ":" not in field


def paired(first: Units, second: Units) -> Iterator[tuple[str, str, Value, Value]]:
    """Yield the field, the key and both values of every unit that is compared.

    What only one reading has is compared in fields of presence alone, where it is false in the other.
    """
    for field in first:
        keys = dict.fromkeys([*first[field], *second[field]])
        for key in keys:
            if is_presence(field):
                yield field, key, key in first[field], key in second[field]
            elif key in first[field] and key in second[field]:
                yield field, key, first[field][key], second[field][key]


def agreement(readings: Readings) -> list[Row]:
    """Return a row for each field."""
    first, second = units_of(readings.first), units_of(readings.second)
    pairs: dict[str, list[tuple[Value, Value]]] = {field: [] for field in first}
    for field, _, one, other in paired(first, second):
        pairs[field].append((one, other))
    rows = []
    for field, values in pairs.items():
        agreed = sum(one == other for one, other in values)
        presence = is_presence(field)
        rows.append(
            Row(
                field,
                len(values),
                agreed,
                None if presence else cohens_kappa(values),
                2 * agreed / (len(first[field]) + len(second[field])) if presence and values else None,
            )
        )
    return rows


def cohens_kappa(pairs: list[tuple[Value, Value]]) -> float | None:
    """Return Cohen's kappa of pairs of values; None without pairs, or where both readings use the same one value.

    Source: J. Cohen, A coefficient of agreement for nominal scales (1960).
    """
    if not pairs:
        return None
    total = len(pairs)
    observed = sum(one == other for one, other in pairs) / total
    of_first, of_second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(count * of_second[value] for value, count in of_first.items()) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a table in Markdown, its columns aligned."""
    lines = [_HEADINGS, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    cells = [
        [
            cell.rjust(width) if n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        for line in lines
    ]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(f"| {' | '.join(line)} |" for line in [cells[0], rule, *cells[1:]])

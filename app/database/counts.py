"""Counts of records that are kept in the database: of all notices, by the values of one field and of two.

They answer how many records a list over all notices has, and its facets, without looking at every record.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations
from typing import Any

from sqlmodel import SQLModel

from app.database.select import Alternatives, Select, equal, in_, table_of
from app.models.document import Document
from app.models.issue import LABELS, Issue, IssueRow
from app.models.metric import Metric
from app.models.numeral import Numeral
from app.models.organization import Organization
from app.models.record import Record
from app.models.record_count import RecordCountRow
from app.models.section import Section
from app.models.statement import Measure, Statement

COUNTED: tuple[type[Record], ...] = (Section, Issue, Statement, Measure, Metric, Organization, Document, Numeral)
COUNT = table_of(RecordCountRow)

Value = tuple[str, str]  # a field and its value
Counts = dict[str, Counter[tuple[Value, ...]]]  # of every two values, by collection
Topics = Mapping[int | None, list[str]]  # of issues, by their numbers

_COLLECTIONS = {model.collection for model in COUNTED}
_ANY: Value = ("", "")
_ALL: Alternatives = ("", ("",))


def count_records(rows: Iterable[SQLModel]) -> Counts:
    """Count the records of one notice, by every two of their values."""
    by_table: dict[str, list[SQLModel]] = defaultdict(list)
    for row in rows:
        by_table[table_of(type(row)).name].append(row)
    topics: Topics = {row.number: row.topics for row in by_table["issue"] if isinstance(row, IssueRow)}
    counts: Counts = {}
    for model in COUNTED:
        rows_of_model = [row.__dict__ for row in by_table[table_of(model.row).name]]
        records = [row for row in rows_of_model if all(row[name] == value for name, value in model.only.items())]
        counted: Counter[tuple[Value, ...]] = Counter({(_ANY, _ANY): len(records)} if records else ())
        if model.counted_by:
            counted.update(chain.from_iterable(combinations(_values(model, row, topics), 2) for row in records))
        counts[model.collection] = counted
    return counts


def _values(model: type[Record], fields: Mapping[str, Any], topics: Topics) -> list[Value]:
    """Return the values by which a record is counted, in one order for all records; none at all is the first."""
    codes = {"topics": topics.get(fields["issue_number"], ())} if "issue_number" in fields else fields
    found = [_ANY]
    for name in model.counted_by:
        if name in LABELS:
            found += [(name, code) for code in codes[name]]
        elif (value := fields[name]) is not None:
            found.append((name, str(value)))
    return found


def count_rows(counts: Counts, sign: int = 1) -> Iterator[tuple[str | int, ...]]:
    """Yield the rows of counts, those of each pair in both orders."""
    for collection, counted in counts.items():
        for pair, count in counted.items():
            for one, other in dict.fromkeys((pair, pair[::-1])):
                yield collection, *one, *other, sign * count


def add_counts(mark: str) -> str:
    """Return the SQL statement that adds a row of counts to those that are there; `mark` is its placeholder."""
    key, marks = ", ".join(COUNT.primary_key.columns.keys()), ", ".join([mark] * len(COUNT.columns))
    added = f"count = {COUNT.name}.count + excluded.count"
    return f"insert into {COUNT.name} values ({marks}) on conflict ({key}) do update set {added}"


def select_total(select: Select) -> Select | None:
    """Return the select of counts whose sum is the number of rows of a select; None if none are kept of these."""
    given = _given(select)
    if given is None or len(given) > 2:
        return None
    one, (other, values) = [*given, _ALL, _ALL][:2]
    return _select(select, one).where(equal(COUNT.c.other_field, other), in_(COUNT.c.other_value, values))


def select_counts_by(select: Select, field: str) -> Select | None:
    """Return the select of counts by the values of a field; None if none are kept of the rows of a select."""
    given = _given(select)
    if given is None or len(given) > 1 or not select.model or field not in select.model.counted_by:
        return None
    return _select(select, *given or [_ALL]).where(equal(COUNT.c.other_field, field))


def _select(select: Select, given: Alternatives) -> Select:
    assert select.model
    field, values = given
    collection = equal(COUNT.c.collection, select.model.collection)
    return Select(COUNT).where(collection, equal(COUNT.c.field, field), in_(COUNT.c.value, values))


def _given(select: Select) -> list[Alternatives] | None:
    """Return the fields by whose values alone records of all notices are selected; None where there is more to it."""
    model = select.model
    if model is None or model.collection not in _COLLECTIONS:
        return None
    given = []
    for clause in select.clauses[len(model.only) :]:
        field, values = clause.alternatives or ("", ())
        # Of records that may have several codes in a field, counts by one don't add up.
        if field not in model.counted_by or (field in LABELS and len(values) > 1):
            return None
        given.append((field, values))
    return given

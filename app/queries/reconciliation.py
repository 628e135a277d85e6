"""Reconciliation: the totals that a notice declares beside what is transcribed of it."""

from typing import Any

from app.database.repository import Repository
from app.database.select import Column, Select, equal, is_null, table_of
from app.database.statements import totals
from app.models.issue import Issue
from app.models.metric import Metric
from app.models.notice import Notice, NoticeRow
from app.models.numeral import NumeralRow
from app.models.reconciliation import Declaration, DeclarationRow, Reconciliation
from app.models.statement import MEASURE, StatementRow

_NOTICE, _NUMERAL = table_of(NoticeRow), table_of(NumeralRow)
_STATEMENT, _DECLARATION = table_of(StatementRow), table_of(DeclarationRow)
_CHARACTERS = ("characters", "characters_in_sections", "characters_in_residue")
_DECLARED = ("metric_id", "counted_as", "comparable", "note", "note_en")


def read_reconciliation(repository: Repository, notice: str, root: str) -> Reconciliation:
    """Return what a notice declares and what is transcribed of it."""
    select = Select.records(Notice, notice).where(equal(_NOTICE.c.slug, notice))
    (characters,) = repository.database.fetch(select, *(_NOTICE.c[name] for name in _CHARACTERS))
    return Reconciliation(
        notice=notice,
        uid=f"{notice}/reconciliation",
        url=f"{root}/reconciliation?notice={notice}",
        declarations=_declarations(repository, notice),
        numerals=_count(repository, notice, _NUMERAL.c["class"]),
        statements=_count(repository, notice, _STATEMENT.c.role),
        measures=_count(repository, notice, _STATEMENT.c.kind),
        **dict(zip(_CHARACTERS, characters, strict=True)),
    )


def _count(repository: Repository, notice: str, column: Column) -> dict[str, int]:
    """Return how many rows of a notice have each value of a column."""
    select = Select.rows(column.table, notice).where(is_null(column, False))
    return dict(sorted(repository.database.fetch(select, column, build=totals)))


def _declarations(repository: Repository, notice: str) -> list[Declaration]:
    counts = {"issues": repository.database.count(Select.records(Issue, notice))}
    counts |= _count(repository, notice, _STATEMENT.c.kind)
    counts["measures"] = _count(repository, notice, _STATEMENT.c.role).get(MEASURE, 0)
    columns = (_DECLARATION.c[name] for name in _DECLARED)
    rows = repository.database.fetch(Select.rows(_DECLARATION, notice), *columns)
    declared = [dict(zip(_DECLARED, row, strict=True)) for row in rows]
    metrics = {metric["id"]: metric for metric in repository.records(Metric, Select.records(Metric, notice))}
    return [_declaration(row, metrics[row["metric_id"]], counts) for row in declared]


def _declaration(row: dict[str, Any], metric: dict[str, Any], counts: dict[str, int]) -> Declaration:
    transcribed = counts.get(row["counted_as"], 0) if row["counted_as"] else None
    return Declaration(
        **row,
        **{name: metric[name] for name in ("label", "label_en", "quote", "start", "end")},
        declared=metric["normalized_value"],
        declared_text=metric["value_text"],
        declared_text_start=metric["value_start"],
        declared_text_end=metric["value_end"],
        transcribed=transcribed,
        matches=transcribed == metric["normalized_value"] if row["comparable"] else None,
    )

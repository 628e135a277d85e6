"""`/reconciliation`: declared beside transcribed."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from app.database.select import Selection, equal
from app.http.route import Route
from app.models.metric import Metric
from app.models.reconciliation import Declaration, Reconciliation
from app.models.statement import MEASURE
from app.queries.filters import among, present
from app.queries.pagination import NoticeQuery
from app.queries.reader import Reader, ReaderDep

router = APIRouter(tags=["proof"], route_class=Route)

_CHARACTERS = ("characters", "characters_in_sections", "characters_in_residue")
_DECLARED = ("metric_id", "counted_as", "comparable", "note", "note_en")


@router.get("/reconciliation", summary="Declared beside transcribed")
async def get_reconciliation(query: Annotated[NoticeQuery, Query()], reader: ReaderDep) -> Reconciliation:
    """The totals that the notice declares beside what is transcribed, and whether the two can be compared at all.

    Where `comparable` is false, a difference means nothing: the notice counts what it does not list. Where it is true,
    `matches` says whether the numbers agree; a difference would be shown and never repaired. The counts below prove
    that no printed number, clause or character is missing.
    """
    slug = reader.notice(query.notice)
    (characters,) = reader.objects(Selection("notice", (equal("slug", slug),)), _CHARACTERS)
    return Reconciliation(
        notice=slug,
        uid=f"{slug}/reconciliation",
        url=f"{reader.root}/reconciliation?notice={slug}",
        declarations=_declarations(reader, slug),
        numerals=_count(reader, slug, "numeral", "class"),
        statements=_count(reader, slug, "statement", "role"),
        measures=_count(reader, slug, "statement", "kind"),
        **characters,
    )


def _count(reader: Reader, slug: str, table: str, column: str) -> dict[str, int]:
    chosen = reader.select(table, slug).where(present(column, True))
    sql = f"{chosen.unordered(f'{column}, count(*)')} group by {column} order by {column}"
    return dict(reader.database.fetch(sql, chosen.values))


def _declarations(reader: Reader, slug: str) -> list[Declaration]:
    counts = {"issues": reader.count(reader.select("issue", slug))} | _count(reader, slug, "statement", "kind")
    counts["measures"] = _count(reader, slug, "statement", "role").get(MEASURE, 0)
    declared = reader.objects(reader.select("declaration", slug), _DECLARED)
    chosen = reader.select(Metric.table, slug).where(among("id", [row["metric_id"] for row in declared]))
    metrics = {metric["id"]: metric for metric in reader.rows(Metric, chosen)}
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

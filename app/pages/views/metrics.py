"""`/zh/metrics`, `/zh/metrics/{id}`: the figures that the notice prints, each in its sentence."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.context import PageContext, PageDep
from app.pages.english import clauses_in_english, load_statements
from app.pages.listing import ListConfig, adjacent, load_list
from app.pages.route import PageRoute, reads
from app.queries.metrics import MetricQuery

router = APIRouter(route_class=PageRoute)

CONFIG = ListConfig(
    path="/metrics",
    facets=("counted", "unit", "category", "nature", "qualifier", "period_kind", "comparison", "scope", "issue"),
    choices=(("period", ("stated", "unstated")), ("has_note", ("true", "false"))),
    sorts=("issue", "-value", "value", "period_start", "counted", "unit"),
    limit=100,
    sheet=("value_text", "unit", "label", "quote", "normalized_value", "qualifier", "period_text"),
)
# The fields that hold the id of another metric.
_RELATIONS = ("same_as", "part_of", "denominator")


@router.get("/metrics")
@reads(query=MetricQuery)
async def get_metrics(page: PageDep) -> Response:
    """Return the list of figures."""
    view = await load_list(page, CONFIG)
    english = await _clauses_in_english(page, view.items)
    return page.render("metrics.html", source=view.source, query=view.query, view=view, english=english)


@router.get("/metrics/{id}")
@reads()
async def get_metric(id: str, page: PageDep) -> Response:
    """Return a figure: its sentence, what it says, and the figures that it is related to."""
    result = await page.fetch_record("/metrics", id)
    metric: dict[str, Any] = result.content
    every_metric = await page.fetch_all("/metrics", ("notice", metric["notice"]))
    metrics = {other["id"]: other for other in every_metric.content}
    previous_id, next_id = adjacent(list(metrics), metric["id"])
    return page.render(
        "metric.html",
        source=result.address,
        metric=metric,
        english=await _sentence_in_english(page, metric),
        related=[(relation, metrics[metric[relation]]) for relation in _RELATIONS if metric[relation]],
        issue_titles=page.catalog.titles("issue", metric["notice"]).get(metric["issue_number"]),
        previous=metrics.get(previous_id),
        next=metrics.get(next_id),
        same_sentence=[m for m in metrics.values() if m["start"] == metric["start"] and m["id"] != metric["id"]],
    )


async def _sentence_in_english(page: PageContext, metric: dict[str, Any]) -> str:
    statements = await load_statements(page, metric["notice"], [metric["section_id"]])
    return clauses_in_english(statements, metric["start"], metric["end"])


async def _clauses_in_english(page: PageContext, metrics: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Return the English of the clauses of figures, by notice and statement; none on Chinese pages."""
    if page.language == "zh":
        return {}
    clauses = ((metric["notice"], metric["statement_id"]) for metric in metrics if metric["statement_id"])
    statements = await page.fetch_each("/statements", "id", clauses)
    return {key: statement["text_en"] or "" for key, statement in statements.items()}

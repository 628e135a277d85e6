"""`/zh/search`: passages of the notice that contain some words."""

from typing import Any

from fastapi import APIRouter, Response

from app.pages.api import ApiResult
from app.pages.context import PageContext, PageDep
from app.pages.english import clauses_in_english, load_body_names, load_statements
from app.pages.highlight import highlight
from app.pages.route import PageRoute, reads
from app.queries.hits import SearchQuery

router = APIRouter(route_class=PageRoute)

_LIMIT = 20


@router.get("/search")
@reads(query=SearchQuery)
async def get_search(page: PageDep) -> Response:
    """Return the passages that contain the words; without words or passages, topics to start from."""
    q = dict(page.query).get("q")
    source, found, query, topics, bodies = None, None, [], [], None
    if q and (result := await _search(page)):
        source, found = result.address, result.content
        query = [pair for pair in result.parameters if pair[0] in ("q", "type")]
        measures = await _load_measures(page, found["items"])
        bodies = await load_body_names(page, (hit["notice"] for hit in found["items"]))
        await _add_english(page, found["items"])
        for hit in found["items"]:
            _add_excerpt(page, hit)
            hit["measures"] = {record["uid"]: measures.get(record["uid"]) for record in hit["records"]}
    if not found or not found["items"]:
        facets = await page.fetch("/issues/facets")
        source, topics = source or facets.address, facets.content["facets"]["topic"]
    types = [value for name, value in query if name == "type"]
    return page.render(
        "search.html", source=source, q=q, found=found, topics=topics, query=query, types=types, bodies=bodies
    )


async def _search(page: PageContext) -> ApiResult | None:
    """Return a page of hits; None where the API refuses the words, which the page then reports."""
    limit = [] if "limit" in dict(page.query) else [("limit", _LIMIT)]
    result = await page.request_api("/search", *limit, query=page.query)
    return result if result.status == 200 else None


async def _load_measures(page: PageContext, hits: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the measures among the records of hits by their names, for who acts in them and who was made to."""
    records = ((hit["notice"], record) for hit in hits for record in hit["records"])
    ids = ((notice, record["uid"].rpartition("/")[2]) for notice, record in records if record["type"] == "measure")
    measures = await page.fetch_each("/measures", "id", ids)
    return {measure["uid"]: measure for measure in measures.values()}


async def _add_english(page: PageContext, hits: list[dict[str, Any]]) -> None:
    """Add the English of the clauses in which the words stand, else of all that the excerpt shows."""
    for notice in dict.fromkeys(hit["notice"] for hit in hits):
        of_notice = [hit for hit in hits if hit["notice"] == notice]
        statements = await load_statements(page, notice, [hit["section_id"] for hit in of_notice])
        for hit in of_notice:
            ranges = [(mark["start"], mark["end"]) for mark in hit["marks"]]
            ranges = ranges or [(hit["excerpt_start"], hit["excerpt_end"])]
            texts = [clauses_in_english(statements, start, end) for start, end in ranges]
            hit["english"] = " ".join(dict.fromkeys(filter(None, texts)))


def _add_excerpt(page: PageContext, hit: dict[str, Any]) -> None:
    """Add what the template shows of a hit: its excerpt with the words marked, where it is cut, and its heading."""
    start, end, text = hit["excerpt_start"], hit["excerpt_end"], page.catalog.text(hit["notice"])
    inside = [(mark["start"], min(mark["end"], end), True) for mark in hit["marks"]]
    hit["segments"] = highlight(hit["excerpt"], [marked for marked in inside if marked[0] < marked[1]], start)
    # The paragraph goes on before or after the excerpt.
    hit["cut_before"] = bool(text[max(0, start - 1) : start].strip())
    hit["cut_after"] = bool(text[end : end + 1].strip())
    titles = page.catalog.titles("section", hit["notice"])
    hit["section_titles"] = titles.get(hit["section_id"], (None, None))

"""`/zh/plots`: charts of a notice, each with a page, a table of what it shows, and an address as SVG."""

from fastapi import APIRouter, Response
from markupsafe import Markup

from app.pages.context import PageContext, PageDep
from app.pages.language import LANGUAGE_TAGS
from app.pages.plots import PLOTS, Plot
from app.pages.plots.data import ChartData
from app.pages.plots.svg import NARROW, STANDALONE, WIDE
from app.pages.route import PageRoute

router = APIRouter(route_class=PageRoute)

_COLLECTIONS = ("/measures", "/statements", "/metrics", "/categories", "/issues")
_STYLESHEET = Markup('<?xml-stylesheet type="text/css" href="{}"?>\n')


@router.get("/plots")
async def get_plots(page: PageDep) -> Response:
    """Return the list of charts."""
    notice = await page.fetch("/notice")
    return page.render("plots.html", source=notice.address, plots=PLOTS)


@router.get("/plots/{name}")
async def get_plot(name: str, page: PageDep) -> Response:
    """Return the page of a chart or, where the name ends in `.svg`, the chart alone."""
    stem = name.removesuffix(".svg")
    plot = PLOTS.get(stem)
    if plot is None:
        return page.render_not_found()
    data, source = await _load_data(page, plot)
    # An image can't show errors in its address; the page can.
    if name != stem and not page.errors:
        return _svg_response(page, plot, data)
    drawings = {"wide": plot.draw(data, WIDE), "tall": plot.draw(data, NARROW)}
    return page.render("plot.html", source=source, name=stem, drawings=drawings, table=plot.table(data))


def _svg_response(page: PageContext, plot: Plot, data: ChartData) -> Response:
    """Return a chart as a document of its own, which refers to the stylesheets of the pages."""
    stylesheets = Markup("").join(_STYLESHEET.format(page.static_url(name)) for name in ("page.css", "plots.css"))
    headers = {"Content-Language": LANGUAGE_TAGS[page.language]}
    return Response(f"{stylesheets}{plot.draw(data, STANDALONE)}\n", media_type="image/svg+xml", headers=headers)


async def _load_data(page: PageContext, plot: Plot) -> tuple[ChartData, str]:
    """Return everything that charts draw from, and the address of what this one mainly shows."""
    # A chart is of one notice: `/notice` refuses `all`, which the collections accept.
    await page.fetch("/notice")
    reconciliation = await page.fetch("/reconciliation")
    results = {path: await page.fetch_all(path) for path in _COLLECTIONS}
    records = {path: result.content for path, result in results.items()}
    measures = {measure["id"]: measure for measure in records["/measures"]}
    data = ChartData(
        language=page.language,
        messages=page.messages,
        url=page.url,
        labels=page.catalog.labels,
        categories=records["/categories"],
        issues=records["/issues"],
        statements=[{**statement, "measure": measures.get(statement["id"])} for statement in records["/statements"]],
        metrics=records["/metrics"],
        declarations=reconciliation.content["declarations"],
    )
    return data, (results | {"/reconciliation": reconciliation})[plot.source].address

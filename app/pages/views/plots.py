"""`/zh/plots`: charts of a notice, each with a page, a table of what it shows, and an address as SVG."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Response
from markupsafe import Markup

from app.pages.context import PageContext, PageDep
from app.pages.english import BodyNames, load_body_names
from app.pages.language import LANGUAGE_TAGS
from app.pages.plots import PLOTS
from app.pages.plots.data import ChartData
from app.pages.plots.svg import NARROW, STANDALONE, WIDE
from app.pages.route import PageRoute, reads

router = APIRouter(route_class=PageRoute)

_COLLECTIONS = ("/measures", "/statements", "/metrics", "/categories", "/issues")
_STYLESHEET = Markup('<?xml-stylesheet type="text/css" href="{}"?>\n')


@router.get("/plots")
@reads()
async def get_plots(page: PageDep) -> Response:
    """Return the list of charts, each with what it shows in a sentence."""
    notice = await page.fetch("/notice")
    data, _ = await _load_data(page)
    findings = {name: plot.finding(data) for name, plot in PLOTS.items()}
    return page.render("plots.html", source=notice.address, findings=findings)


@router.get("/plots/{name}")
@reads()
async def get_plot(name: str, page: PageDep) -> Response:
    """Return the page of a chart or, where the name ends in `.svg`, the chart alone."""
    stem = name.removesuffix(".svg")
    plot = PLOTS.get(stem)
    if plot is None:
        return page.render_not_found()
    # A chart is of one notice: `/notice` refuses `all`, which the collections accept.
    notice = (await page.fetch("/notice")).content
    data, addresses = await _load_data(page)
    # An image can't show errors in its address; the page can.
    if name != stem and not page.errors:
        canvas = replace(STANDALONE, heading=plot.finding(data), credit=_credit(page, notice, stem))
        return _svg_response(page, plot.draw(data, canvas))
    return page.render(
        "plot.html",
        source=addresses[plot.source],
        name=stem,
        finding=plot.finding(data),
        drawings={"wide": plot.draw(data, WIDE), "tall": plot.draw(data, NARROW)},
        table=plot.table(data),
    )


def _credit(page: PageContext, notice: dict[str, Any], name: str) -> tuple[str, ...]:
    """Return where a chart is from: what it is, the notice, the licence, the data's version and the address."""
    title, license_name = page.localized(notice, "title"), notice["transcription_license"]
    date = page.messages["comma"] + notice["date"] if notice["date"] else ""
    address = page.absolute_url(page.url(f"/plots/{name}", ("notice", notice["notice"])))
    return (
        page.messages[f"plot_{name}_title"],
        page.messages["plot_credit_source"].format(title=title, date=date),
        page.messages["plot_credit_data"].format(license=license_name, version=notice["data_version"], address=address),
    )


def _svg_response(page: PageContext, drawing: Markup) -> Response:
    """Return a chart as a document of its own, which refers to the stylesheets of the pages."""
    stylesheets = Markup("").join(_STYLESHEET.format(page.static_url(name)) for name in ("page.css", "plots.css"))
    headers = {"Content-Language": LANGUAGE_TAGS[page.language]}
    return Response(f"{stylesheets}{drawing}\n", media_type="image/svg+xml", headers=headers)


async def _load_data(page: PageContext) -> tuple[ChartData, dict[str, str]]:
    """Return everything that charts draw from, and the addresses of it."""
    reconciliation = await page.fetch("/reconciliation")
    results = {path: await page.fetch_all(path) for path in _COLLECTIONS} | {"/reconciliation": reconciliation}
    records = {path: result.content for path, result in results.items()}
    bodies = await load_body_names(page, [reconciliation.content["notice"]])
    measures = {measure["id"]: _with_english(measure, bodies) for measure in records["/measures"]}
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
    return data, {path: result.address for path, result in results.items()}


def _with_english(measure: dict[str, Any], bodies: BodyNames) -> dict[str, Any]:
    """Return a measure with the English names of who acts in it and who had it done, where there are any."""
    notice = measure["notice"]
    names = {
        f"{field}_en": bodies.english(notice, measure[f"{field}_start"], measure[f"{field}_end"])
        for field in ("actor", "prompted_by")
    }
    return measure | names

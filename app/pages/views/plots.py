"""`/zh/plots`: pictures of a notice, each with a page, a table of what it shows, and an address as SVG."""

from fastapi import APIRouter, Response
from markupsafe import Markup

from app.pages.context import TAGS, Frame, FrameDep
from app.pages.plots import PLOTS, Plot
from app.pages.plots.data import Matter
from app.pages.plots.svg import ALONE, NARROW, WIDE

router = APIRouter()


@router.get("/plots")
async def get_plots(frame: FrameDep) -> Response:
    """The list of them."""
    notice = await frame.ask("/notice")
    return frame.render("plots.html", notice=notice, plots=PLOTS)


@router.get("/plots/{name}")
async def get_plot(name: str, frame: FrameDep) -> Response:
    """One plot, or its picture alone where the name ends so."""
    stem = name.removesuffix(".svg")
    plot = PLOTS.get(stem)
    if plot is None:
        return frame.missing()
    matter = await _matter(frame, plot)
    # A picture can't tell what was amiss in its address; the page can.
    if name != stem and not frame.slips.told:
        return _picture(frame, plot, matter)
    drawings = {"wide": plot.draw(matter, WIDE), "tall": plot.draw(matter, NARROW)}
    return frame.render("plot.html", name=stem, drawings=drawings, table=plot.table(matter))


def _picture(frame: Frame, plot: Plot, matter: Matter) -> Response:
    """A document of its own, dressed by the pages' stylesheets where they can be had."""
    sheet = Markup('<?xml-stylesheet type="text/css" href="{}"?>\n')
    dress = Markup("").join(sheet.format(frame.file(name)) for name in ("page.css", "plots.css"))
    headers = {"Content-Language": TAGS[frame.language]}
    return Response(f"{dress}{plot.draw(matter, ALONE)}\n", media_type="image/svg+xml", headers=headers)


async def _matter(frame: Frame, plot: Plot) -> Matter:
    """All of a notice that plots draw from; what the plot mainly shows is asked first, as the page names it."""
    await frame.ask("/notice")  # a plot is of one notice: what is no name of one is told, `all` too
    frame.source = None
    proof = await frame.ask("/reconciliation") if plot.data == "/reconciliation" else None
    paths = {plot.data, "/measures", "/statements", "/metrics", "/categories", "/issues"} - {"/reconciliation"}
    rows = {path: await frame.all(path) for path in sorted(paths, key=lambda path: path != plot.data)}
    kinds = {measure["id"]: measure["kind"] for measure in rows["/measures"]}
    return Matter(
        lang=frame.language,
        words=frame.words,
        to=lambda path: _address(frame, path),
        labels=frame.catalog.labels,
        categories=rows["/categories"],
        issues=rows["/issues"],
        statements=[{**statement, "kind": kinds.get(statement["id"])} for statement in rows["/statements"]],
        metrics=rows["/metrics"],
        declarations=(proof or await frame.ask("/reconciliation"))["declarations"],
    )


def _address(frame: Frame, path: str) -> str:
    """The page of a record whose path may hold a query and a fragment."""
    path, _, fragment = path.partition("#")
    path, _, query = path.partition("?")
    pairs = [tuple(pair.split("=")) for pair in query.split("&") if pair]
    return frame.at(path, *((name, value) for name, value in pairs)) + (f"#{fragment}" if fragment else "")

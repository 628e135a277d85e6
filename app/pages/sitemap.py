"""`/robots.txt`, `/sitemap.xml`: what crawlers ask every host for."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from app.http.errors import not_found
from app.pages.context import PageContext, PageDep
from app.pages.plots import PLOTS
from app.pages.templating import ENVIRONMENT

router = APIRouter()

# The pages of every notice, and those that are of none.
_LISTS = ("/issues", "/measures", "/metrics", "/documents", "/organizations")
_PAGES = ("/", *_LISTS, "/plots", "/source", "/search", "/locate", "/glossary", "/about", "/contact")
_SHARED = ("/download", "/guide", "/changelog", "/docs")


@router.get("/robots.txt")
async def get_robots(page: PageDep) -> Response:
    """Allow everything, and say where the sitemap is."""
    sitemap = page.absolute_url(page.api_url("/sitemap.xml"))
    return PlainTextResponse(f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")


@router.get("/sitemap.xml")
async def get_sitemap(page: PageDep) -> Response:
    """Return every page of a notice in both languages; of several notices an index of their sitemaps."""
    notices = page.catalog.notices
    if page.notice is None and len(notices) > 1:
        return _xml("sitemap_index.xml", page, notices=notices)
    notice = page.notice or page.catalog.default
    if notice not in notices:
        raise not_found("notice", notice, "notice", notices)
    released = (await page.fetch("/notice", ("notice", notice))).content["released"]
    paths = [*_PAGES, *_charts_and_records(page, notice), *(_SHARED if notice == page.catalog.default else ())]
    return _xml("sitemap.xml", page, paths=paths, notice=notice, released=released)


def _charts_and_records(page: PageContext, notice: str) -> list[str]:
    collections = ("issues", "metrics", "documents", "organizations")
    return [
        *(f"/plots/{name}" for name in PLOTS),
        *(f"/{name}/{key}" for name in collections for key in page.catalog.keys(name, notice)),
    ]


def _xml(template: str, page: PageContext, **context: object) -> Response:
    content = ENVIRONMENT.get_template(template).render(page=page, **context)
    return Response(content, media_type="application/xml")

"""`/zh/glossary`: explanations of terms that a foreign reader of the notice does not know."""

from fastapi import APIRouter, Response

from app.pages.context import PageDep
from app.pages.route import PageRoute, reads

router = APIRouter(route_class=PageRoute)


@router.get("/glossary")
@reads()
async def get_glossary(page: PageDep) -> Response:
    """Return the page of all terms."""
    entries = await page.fetch_all("/glossary")
    return page.render("glossary.html", source=entries.address, entries=entries.content)

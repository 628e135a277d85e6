"""`/zh/about`: what the data is, how it was made and checked, what it leaves out, and how to report an error."""

from fastapi import APIRouter, Response

from app.pages.context import PageDep

router = APIRouter()


@router.get("/about")
async def get_about(page: PageDep) -> Response:
    """Return the page about the data."""
    notice = await page.fetch("/notice")
    reconciliation = await page.fetch("/reconciliation")
    return page.render(
        "about.html", source=notice.address, notice=notice.content, reconciliation=reconciliation.content
    )

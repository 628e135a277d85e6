"""`/zh/contact`: how to reach the publisher of the notice, as the notice prints it."""

from fastapi import APIRouter, Response

from app.pages.context import PageDep

router = APIRouter()


@router.get("/contact")
async def get_contact(page: PageDep) -> Response:
    """Return the page of the contact lines; a notice may print none."""
    notice = await page.fetch("/notice")
    contact = await page.request_api("/contact")
    lines = contact.content["lines"] if contact.status == 200 else []
    return page.render("contact.html", source=contact.address, notice=notice.content, lines=lines)

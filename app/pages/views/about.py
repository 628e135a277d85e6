"""`/zh/about`: what the data is, how it was made and checked, what it leaves out, and how to report an error."""

from fastapi import APIRouter, Response

from app.pages.context import PageDep
from app.pages.linked_data import describe_dataset
from app.pages.route import PageRoute, reads

router = APIRouter(route_class=PageRoute)


@router.get("/about")
@reads()
async def get_about(page: PageDep) -> Response:
    """Return the page about the data, with a description of the dataset for search engines."""
    notice = await page.fetch("/notice")
    reconciliation = await page.fetch("/reconciliation")
    notices = await page.fetch_all("/notices")
    release = await page.request_api("/dataset")
    return page.render(
        "about.html",
        source=notice.address,
        notice=notice.content,
        reconciliation=reconciliation.content,
        dataset=describe_dataset(page, notices.content, release.content if release.status == 200 else None),
    )

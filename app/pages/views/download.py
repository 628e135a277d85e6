"""`/zh/download`: every file to take away with its size, and what changed from release to release."""

from fastapi import APIRouter, Response

from app.pages.context import PageDep

router = APIRouter()

# The lists that people open in a spreadsheet.
_LISTS = ("metrics", "issues", "measures", "documents", "organizations")


@router.get("/download")
async def get_download(page: PageDep) -> Response:
    """Return the page of all files."""
    release = await page.request_api("/dataset")
    changes = await page.fetch_all("/changes")
    return page.render(
        "download.html",
        source=release.address,
        release=release.content if release.status == 200 else None,
        lists=_LISTS,
        changes=changes.content,
    )

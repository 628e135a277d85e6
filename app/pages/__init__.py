"""Pages for people, in Chinese under `/zh/` and in English under `/en/`: templates over the answers of the API.

A page is a module in `views/` (listed in `VIEWS`), a template in `templates/`, and its messages in `translations/`.
"""

from typing import Any

from fastapi import APIRouter

from app.pages import language, sitemap, static_files
from app.pages.api import PageNotFound
from app.pages.context import handle_page_not_found
from app.pages.language import LANGUAGES
from app.pages.route import read_parameters
from app.pages.views import (
    about,
    contact,
    documents,
    download,
    glossary,
    guide,
    issues,
    locate,
    measures,
    metrics,
    not_found,
    organizations,
    overview,
    plots,
    reference,
    search,
    source,
)

# `not_found` is the last one because it matches every path.
VIEWS = (
    overview,
    issues,
    measures,
    metrics,
    documents,
    organizations,
    search,
    plots,
    source,
    locate,
    glossary,
    guide,
    about,
    download,
    contact,
    reference,
    not_found,
)

router = APIRouter(include_in_schema=False)
router.include_router(language.router)
router.include_router(static_files.router)
router.include_router(sitemap.router)
router.include_router(reference.router)
router.include_router(reference.assets)
for prefix in LANGUAGES:
    for view in VIEWS:
        router.include_router(view.router, prefix=f"/{prefix}")

PARAMETERS = {
    f"/{prefix}{path}": names
    for prefix in LANGUAGES
    for view in VIEWS
    for path, names in read_parameters(view.router.routes).items()
}
HANDLERS: dict[int | type[Exception], Any] = {PageNotFound: handle_page_not_found}

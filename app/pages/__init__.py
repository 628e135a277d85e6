"""Pages for people, in Chinese under `/zh/` and in English under `/en/`: templates over what the API itself answers."""

from typing import Any

from fastapi import APIRouter

from app.pages import docs, language, static_files
from app.pages.context import LANGUAGES, Missing, tell_missing
from app.pages.views import (
    about,
    glossary,
    issues,
    locate,
    measures,
    metrics,
    not_found,
    overview,
    plots,
    reference,
    search,
    source,
)

# The last one answers whatever address is left.
PAGES = (overview, issues, measures, metrics, search, plots, source, locate, glossary, about, reference, not_found)

router = APIRouter(include_in_schema=False)
router.include_router(language.router)
router.include_router(static_files.router)
router.include_router(reference.router)
router.include_router(docs.router)
for prefix in LANGUAGES:
    for module in PAGES:
        router.include_router(module.router, prefix=f"/{prefix}")

HANDLERS: dict[int | type[Exception], Any] = {Missing: tell_missing}

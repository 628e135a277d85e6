"""Pages for people, in Chinese under `/zh/` and in English under `/en/`: templates over what the API itself answers."""

from typing import Any

from fastapi import APIRouter

from app.pages import (
    about,
    files,
    glossary,
    issues,
    locate,
    measures,
    metrics,
    missing,
    overview,
    plots,
    reference,
    search,
    source,
    way_in,
)
from app.pages.frame import LANGUAGES, Missing, tell_missing

# The last one answers whatever address is left.
PAGES = (overview, issues, measures, metrics, search, plots, source, locate, glossary, about, reference, missing)

router = APIRouter(include_in_schema=False)
router.include_router(way_in.router)
router.include_router(files.router)
router.include_router(reference.router)
for language in LANGUAGES:
    for module in PAGES:
        router.include_router(module.router, prefix=f"/{language}")

HANDLERS: dict[int | type[Exception], Any] = {Missing: tell_missing}

"""Pages for people, in Chinese under `/zh/` and in English under `/en/`: templates over what the API itself answers."""

from fastapi import APIRouter

from app.pages import files, issues, measures, metrics, missing, overview, reference, search, way_in
from app.pages.frame import LANGUAGES, Missing, tell_missing

# The last one answers whatever address is left.
PAGES = (overview, issues, measures, metrics, search, reference, missing)

router = APIRouter(include_in_schema=False)
router.include_router(way_in.router)
router.include_router(files.router)
router.include_router(reference.router)
for language in LANGUAGES:
    for module in PAGES:
        router.include_router(module.router, prefix=f"/{language}")

HANDLERS = {Missing: tell_missing}

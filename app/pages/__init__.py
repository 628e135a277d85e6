"""Pages for people, in Chinese under `/zh/` and in English under `/en/`: templates over what the API itself answers."""

from fastapi import APIRouter

from app.pages import files, missing, overview, way_in
from app.pages.frame import LANGUAGES, PageRoute

# The last one answers whatever address is left.
PAGES = (overview, missing)

router = APIRouter(include_in_schema=False, route_class=PageRoute)
router.include_router(way_in.router)
router.include_router(files.router)
for language in LANGUAGES:
    for module in PAGES:
        router.include_router(module.router, prefix=f"/{language}")

"""`/zh/guide`, `/zh/changelog`: how to use the data and what is promised; what changed."""

from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Response

from app.pages.context import PageContext, PageDep
from app.pages.language import LANGUAGE_TAGS
from app.pages.markdown import Document, render_markdown
from app.pages.route import PageRoute, reads

router = APIRouter(route_class=PageRoute)

# The documents stand beside the package, in a checkout as in the container.
_ROOT = Path(__file__).resolve().parents[3]
_GUIDES = {"zh": "api.zh-CN.md", "en": "api.md"}
_CHANGELOG = "CHANGELOG.md"


@router.get("/guide")
@reads()
async def get_guide(page: PageDep) -> Response:
    """Return the guide: recipes, conventions, terms and promises."""
    return _render(page, "guide", f"docs/{_GUIDES[page.language]}", page.language)


@router.get("/changelog")
async def get_changelog(page: PageDep) -> Response:
    """Return the changelog, which is in English on the Chinese page too."""
    return _render(page, "changelog", _CHANGELOG, "en")


def _render(page: PageContext, name: str, path: str, language: str) -> Response:
    links = {name: page.url("/guide", language=code) for code, name in _GUIDES.items()}
    links[f"../{_CHANGELOG}"] = page.url("/changelog")
    document = _read(path, language, tuple(links.items()))
    return page.render("guide.html", name=name, document=document, document_tag=LANGUAGE_TAGS[language])


@lru_cache(8)
def _read(path: str, language: str, links: tuple[tuple[str, str], ...]) -> Document:
    return render_markdown((_ROOT / path).read_text(encoding="utf-8"), language, dict(links))

"""`/`: the way in, in the language that the reader's browser asks for."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from app.http.links import mounted
from app.pages.context import LANGUAGES

router = APIRouter()


@router.get("/")
async def get_root(request: Request) -> RedirectResponse:
    """To the Chinese pages or the English ones."""
    language = preferred(request.headers.get("Accept-Language", ""))
    to = f"{request.scope.get('root_path', '').rstrip('/')}/{language}/"
    return RedirectResponse(to, 302, {"Vary": "Accept-Language", "Cache-Control": "no-cache"})


@router.get("/zh")
@router.get("/en")
async def get_language(request: Request) -> RedirectResponse:
    """To the overview, whose address ends in a stroke."""
    return RedirectResponse(f"{mounted(request.scope, request.scope['path'])}/")


def preferred(accepted: str) -> str:
    """The language of the pages that an Accept-Language header likes best: Chinese, the source's, where it likes none.

    A reader of neither, who says so by asking for a third language alone, gets English.
    """
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = _weight(next((value[2:] for value in parameters if value.startswith("q=")), "1"))
        tag = name.partition("-")[0]
        weights[tag] = max(weight, weights.get(tag, 0.0))
    liked = [language for language in LANGUAGES if weights.get(language, 0.0) > 0]
    if liked:
        return max(liked, key=lambda language: weights[language])
    return "zh" if set(weights) <= {"", "*"} else "en"


def _weight(given: str) -> float:
    try:
        return float(given)
    except ValueError:
        return 0.0

"""The languages of the pages: their tags, the translated messages, and the redirect to the preferred one."""

import json
import re
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from markupsafe import Markup, escape

from app.http.mount import mounted, route_path

LANGUAGES = ("zh", "en")
# BCP 47 tags for `lang` attributes and headers: browsers choose fonts and voices by them.
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}
LOCALES = {"zh": "zh_CN", "en": "en_US"}  # as Open Graph has them
DEFAULT_LANGUAGE = "en"  # for readers of neither

# A run of Chinese: characters and what stands between them without a space, with the punctuation around.
_HAN = "[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_CHINESE = re.compile(
    f"[《（「『【]*{_HAN}(?:[0-9.,%·\u2010-\u2026\u3000-\u303f\uff00-\uffef]*{_HAN})*[。，、；：？！》）」』】]*"
)

router = APIRouter()


def load_messages(folder: Path) -> dict[str, dict[str, str]]:
    """Return the messages of the pages by language and key, from files that hold `{key: {language: message}}`.

    A key stands in one file only and has a message in every language (see tests/pages/test_translations.py).
    """
    messages: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for path in sorted(folder.glob("*.json")):
        for key, translations in json.loads(path.read_text(encoding="utf-8")).items():
            for language in LANGUAGES:
                messages[language][key] = translations[language]
    return messages


MESSAGES = load_messages(Path(__file__).parent / "translations")


@router.get("/")
async def get_root(request: Request) -> RedirectResponse:
    """Redirect to the overview in the language that the browser prefers."""
    language = preferred_language(request.headers.get("Accept-Language", ""))
    return RedirectResponse(
        mounted(request.scope, f"/{language}/"), 302, {"Vary": "Accept-Language", "Cache-Control": "no-cache"}
    )


@router.get("/zh")
@router.get("/en")
async def get_language(request: Request) -> RedirectResponse:
    """Redirect to the overview, whose address ends in a slash."""
    return RedirectResponse(mounted(request.scope, f"{route_path(request.scope)}/"))


def preferred_language(accept_language: str) -> str:
    """Return the language of the pages that an Accept-Language header (RFC 9110, 12.5.4) prefers.

    Without any preference it is Chinese, the language of the source. A reader who accepts neither Chinese nor English
    but names a third language gets English.
    """
    weights: dict[str, float] = {}
    for part in accept_language.lower().split(","):
        tag, *parameters = (piece.strip() for piece in part.split(";"))
        weight = _parse_weight(next((value[2:] for value in parameters if value.startswith("q=")), "1"))
        language = tag.partition("-")[0]
        weights[language] = max(weight, weights.get(language, 0.0))
    accepted = [language for language in LANGUAGES if weights.get(language, 0.0) > 0]
    if accepted:
        return max(accepted, key=lambda language: weights[language])
    return "zh" if set(weights) <= {"", "*"} else DEFAULT_LANGUAGE


def _parse_weight(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0


def mark_chinese(text: str) -> Markup:
    """Return an English text as HTML, with the Chinese in it in elements with `lang`."""
    parts, done = [], 0
    for run in _CHINESE.finditer(text):
        parts += [escape(text[done : run.start()]), Markup('<span lang="zh-CN">{}</span>').format(run[0])]
        done = run.end()
    return Markup("").join([*parts, escape(text[done:])])


def contains_chinese(text: str | None) -> bool:
    """Tell whether there is a Chinese character in a text."""
    return _CHINESE.search(text or "") is not None

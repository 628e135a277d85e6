"""The Jinja environment of the pages."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from app.pages import highlight, language
from app.pages.language import LANGUAGE_TAGS
from app.pages.quantities import english_bound, english_value

# The pages in the navigation, by the first part of their path: those in the bar, and those in its menu.
MAIN_PAGES = ("issues", "measures", "metrics", "documents", "organizations", "plots", "source", "locate")
OTHER_PAGES = ("download", "glossary", "about", "contact", "guide", "changelog", "docs")


@pass_context
def mark_chinese(context: Context, text: str | None) -> Markup:
    """Return a text in the page's language as HTML, with the Chinese in an English one marked; nothing for None."""
    if text is None:
        return Markup()
    if isinstance(text, Markup):  # What a macro returns is escaped already.
        text = text.unescape()
    return escape(text) if context["page"].language == "zh" else language.mark_chinese(text)


def file_size(size: int) -> str:
    """Return a number of bytes as people read it: `1.1 MB`."""
    for power, unit in ((10**6, "MB"), (10**3, "kB")):
        if size >= power:
            return f"{size / power:.1f} {unit}"
    return f"{size} B"


ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals |= {
    "LANGUAGE_TAGS": LANGUAGE_TAGS,
    "DEFAULT_LANGUAGE": language.DEFAULT_LANGUAGE,
    "LOCALES": language.LOCALES,
    "MAIN_PAGES": MAIN_PAGES,
    "OTHER_PAGES": OTHER_PAGES,
    "highlight": highlight.highlight,
    "highlight_words": highlight.highlight_words,
    "highlight_figures": highlight.highlight_figures,
    "excerpt": highlight.excerpt,
    "english_bound": english_bound,
    "english_value": english_value,
}
ENVIRONMENT.filters["size"] = file_size
ENVIRONMENT.filters["number"] = "{:,}".format
ENVIRONMENT.filters["mark_chinese"] = mark_chinese
ENVIRONMENT.tests["chinese"] = language.contains_chinese
ENVIRONMENT.policies["json.dumps_kwargs"] = {"ensure_ascii": False}

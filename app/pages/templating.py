"""The Jinja environment of the pages."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from app.pages import highlight, language
from app.pages.language import LANGUAGE_TAGS
from app.pages.quantities import english_quantity

# The pages in the two parts of the navigation, by the first part of their path.
MAIN_PAGES = ("issues", "measures", "metrics", "documents", "organizations")
OTHER_PAGES = ("plots", "source", "locate", "glossary", "about", "docs")
FOOTER_PAGES = (*OTHER_PAGES, "guide", "changelog")


@pass_context
def mark_chinese(context: Context, text: str) -> Markup:
    """Return a text in the page's language as HTML, with the Chinese in an English one marked."""
    return escape(text) if context["page"].language == "zh" else language.mark_chinese(text)


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
    "FOOTER_PAGES": FOOTER_PAGES,
    "highlight": highlight.highlight,
    "highlight_words": highlight.highlight_words,
    "highlight_figures": highlight.highlight_figures,
    "excerpt": highlight.excerpt,
    "english_quantity": english_quantity,
}
ENVIRONMENT.filters["number"] = "{:,}".format
ENVIRONMENT.filters["mark_chinese"] = mark_chinese
ENVIRONMENT.tests["chinese"] = language.contains_chinese
ENVIRONMENT.policies["json.dumps_kwargs"] = {"ensure_ascii": False}

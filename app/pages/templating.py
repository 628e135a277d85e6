"""The Jinja environment of the pages."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.pages import highlight
from app.pages.language import LANGUAGE_TAGS
from app.pages.quantities import english_quantity

# The pages in the two parts of the navigation, by the first part of their path.
MAIN_PAGES = ("issues", "measures", "metrics", "documents", "organizations")
OTHER_PAGES = ("plots", "source", "locate", "glossary", "about", "docs")

ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals |= {
    "LANGUAGE_TAGS": LANGUAGE_TAGS,
    "MAIN_PAGES": MAIN_PAGES,
    "OTHER_PAGES": OTHER_PAGES,
    "highlight": highlight.highlight,
    "highlight_words": highlight.highlight_words,
    "highlight_figures": highlight.highlight_figures,
    "excerpt": highlight.excerpt,
    "english_quantity": english_quantity,
}
ENVIRONMENT.filters["number"] = "{:,}".format

"""English for what is printed in Chinese: the bodies in a stretch of the source, and the clauses of a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.context import PageContext

Record = dict[str, Any]


@dataclass(frozen=True)
class BodyNames:
    """The bodies of notices by their places, for the English of who acts. Empty on Chinese pages."""

    places: dict[str, list[tuple[int, int, str]]]

    def english(self, notice: str, start: int | None, end: int | None) -> str | None:
        """Return the English names of the bodies that make up a stretch of the source; None if other words do too.

        Between two bodies stands one character: 、 or 和.
        """
        if start is None or end is None:
            return None
        inside = [place for place in self.places.get(notice, ()) if start <= place[0] and place[1] <= end]
        covered = sum(last - first for first, last, _ in inside)
        names = [name for _, _, name in inside]
        return ", ".join(names) if names and end - start - covered == len(names) - 1 else None


async def load_body_names(page: PageContext, notices: Iterable[str]) -> BodyNames:
    """Return the names of the bodies of notices."""
    places: dict[str, list[tuple[int, int, str]]] = {}
    for notice in dict.fromkeys(notices) if page.language == "en" else ():
        organizations = (await page.fetch_all("/organizations", ("notice", notice))).content
        named = ((one["name_en"], place) for one in organizations if one["name_en"] for place in one["places"])
        places[notice] = sorted({(place["start"], place["end"], name) for name, place in named})
    return BodyNames(places)


async def load_statements(page: PageContext, notice: str, sections: Sequence[str]) -> list[Record]:
    """Return the statements of some sections of a notice in their order; none on Chinese pages."""
    if page.language == "zh" or not sections:
        return []
    parameters = [("section", section) for section in dict.fromkeys(sections)]
    statements: list[Record] = (await page.fetch_all("/statements", ("notice", notice), *parameters)).content
    return statements


def clauses_in_english(statements: Sequence[Record], start: int, end: int) -> str:
    """Return the English of the clauses that have characters between two places, each a sentence of its own."""
    inside = (one["text_en"] for one in statements if one["start"] < end and start < one["end"])
    return " ".join(text for text in inside if text)

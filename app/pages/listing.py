"""Exploring a collection: filters with counts, words, order, pages, files. What all pages of lists share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.context import LANGUAGES, Frame
from app.queries.facets import VOCABULARIES

_SHOWN = 8  # values of a filter before the rest is folded away
# What is no filter: where in the list one is, and in which order.
_PLACE = {"limit", "offset", "sort", "notice"}
_YES_NO = ("true", "false")


@dataclass(frozen=True)
class Shelf:
    """How one collection is shown: which filters in which order, which of them open, how many to a page."""

    path: str
    facets: Sequence[str]
    choices: Sequence[tuple[str, Sequence[str]]]
    sorts: Sequence[str]
    open: int = 2
    limit: int = 50


@dataclass(frozen=True)
class Value:
    """One value of a filter."""

    value: str
    label: str
    chinese: bool
    count: int | None
    chosen: bool


class Explorer:
    """One page of a collection under way. Templates see it as `view`."""

    def __init__(self, frame: Frame, shelf: Shelf, page: dict[str, Any], facets: dict[str, Any]) -> None:
        self.frame, self.shelf, self.page = frame, shelf, page
        self.items: list[dict[str, Any]] = page["items"]
        # What is so without being asked for makes no address longer.
        silent = {("limit", str(shelf.limit))}
        self.kept = [
            pair for name, value in frame.kept if (pair := (name, str(value))) not in silent and name != "notice"
        ]
        self.q = next((value for name, value in self.kept if name == "q"), None)
        self._facets = facets["facets"]

    @property
    def filters(self) -> list[tuple[str, list[Value], list[Value]]]:
        """Each filter: its name, the values shown at once, and the rest. What is chosen comes first."""
        found = []
        for name in self.shelf.facets:
            values = sorted(self._values(name), key=lambda one: not one.chosen)
            first = max(_SHOWN, sum(one.chosen for one in values))
            found.append((name, values[:first], values[first:]))
        return [one for one in found if len(one[1]) > 1 or any(value.chosen for value in one[1])]

    def _values(self, name: str) -> list[Value]:
        chosen = self.chosen(name)
        facets = {str(facet["value"]): facet for facet in self._facets[name]}
        values = [self._value(name, value, facet["count"], value in chosen) for value, facet in facets.items()]
        return values + [self._value(name, value, 0, True) for value in chosen if value not in facets]

    def _value(self, name: str, value: str, count: int | None, chosen: bool) -> Value:
        return Value(value, *self.label(name, value), count, chosen)

    def label(self, name: str, value: str) -> tuple[str, bool]:
        """A value of a parameter in the page's language, and whether it is in Chinese all the same."""
        catalog, language = self.frame.catalog, self.frame.language
        if f"{name}_{value}" in self.frame.words:
            return self.frame.words[f"{name}_{value}"], False
        notice = self.frame.notice or catalog.default
        titles = catalog.titles(name, notice)
        label = catalog.labels.get(VOCABULARIES.get(name, name), {}).get(value)
        title = titles.get(int(value) if value.isdigit() else value)
        text = (label or title or (None, None))[LANGUAGES.index(language)]
        number = f"{value}. " if title and value.isdigit() else ""
        return (number + text, False) if text else (value, name in ("q", "actor"))

    def chosen(self, name: str) -> list[str]:
        return list(dict.fromkeys(value for key, value in self.kept if key == name))

    @property
    def chips(self) -> list[tuple[str, str, bool, str]]:
        """What narrows the list: the parameter, its value's label, whether that is Chinese, the list without it."""
        narrowing = [pair for pair in dict.fromkeys(self.kept) if pair[0] not in _PLACE]
        return [(name, *self.label(name, value), self.without((name, value))) for name, value in narrowing]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form has no control for and must not lose."""
        shown = {"q", "offset", "value_min", "value_max", *self.shelf.facets, *(name for name, _ in self.shelf.choices)}
        rest = [pair for pair in self.kept if pair[0] not in shown]
        return [pair for pair in rest if pair[0] != "sort"] + [pair for pair in rest if pair[0] == "sort"][1:]

    def without(self, *pairs: tuple[str, str]) -> str:
        left = [pair for pair in self.kept if pair not in pairs and pair[0] != "offset"]
        return self.frame.at(self.shelf.path, *left)

    @property
    def clear(self) -> str:
        return self.frame.at(self.shelf.path, *(pair for pair in self.kept if pair[0] in {"limit", "sort"}))

    @property
    def pages(self) -> list[tuple[int, str, bool]]:
        """The pages of the list: number, address, whether it is this one."""
        limit, offset, total = self.page["limit"], self.page["offset"], self.page["total"]
        others = [pair for pair in self.kept if pair[0] != "offset"]
        starts = range(0, total, limit) if total > limit else ()
        return [
            (number, self.frame.at(self.shelf.path, *others, *([("offset", str(at))] if at else [])), at == offset)
            for number, at in enumerate(starts, 1)
        ]

    @property
    def permanent(self) -> str:
        """The address of this view, with its notice named."""
        notice = self.frame.notice or self.frame.catalog.default
        return self.frame.at(self.shelf.path, *self.kept, ("notice", notice))

    def file(self, *form: tuple[str, str]) -> str:
        """The address of the whole filtered list as a file."""
        notice = [("notice", self.frame.notice)] if self.frame.notice else []
        chosen = [pair for pair in self.kept if pair[0] not in {"limit", "offset", "notice"}]
        return self.frame.api(self.shelf.path, *notice, *chosen, *form)


async def explore(frame: Frame, shelf: Shelf) -> Explorer:
    """The part of a collection that the page's address asks for."""
    given = dict(frame.given)
    limit = [] if "limit" in given else [("limit", shelf.limit)]
    page = await frame.ask(shelf.path, *limit, given=frame.given)
    facets = await frame.ask(f"{shelf.path}/facets", given=frame.kept)
    return Explorer(frame, shelf, page, facets)

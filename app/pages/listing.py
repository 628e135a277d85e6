"""Pages that list a collection: filters with counts, words to search for, order, pagination and downloads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from app.pages.api import ApiResult
from app.pages.context import PageContext
from app.pages.filters import Filter, Label, Vocabularies, build_filter, parameter_label

# Parameters that do not narrow a list.
_NOT_FILTERS = {"limit", "offset", "sort", "notice"}

Key = TypeVar("Key")


@dataclass(frozen=True)
class ListConfig:
    """How a collection is listed.

    `facets` are filters with a checkbox for each value, of which the first `open_filters` are open; `choices` are
    filters with a select of fixed values; `limit` is the number of records on a page; `words_label` is the key of the
    message for the field of words. `sheet` are the columns with which a workbook begins; of a field that is in English
    too (`label`, `label_en`) it has the one in the language of the page first.
    """

    path: str
    facets: Sequence[str]
    choices: Sequence[tuple[str, Sequence[str]]]
    sorts: Sequence[str]
    open_filters: int = 2
    limit: int = 50
    words_label: str = "filter_q"
    vocabularies: Vocabularies = field(default_factory=lambda: {"kind": "measure_kind"})
    sheet: Sequence[str] = ()


class Choice(NamedTuple):
    """A select; its options are values with their labels, and `selected` is the first value in use."""

    name: str
    options: list[tuple[str, Label]]
    selected: str | None


class Chip(NamedTuple):
    """A filter in use, with the address of the list without it."""

    name: str
    label: Label
    remove_url: str


class PageLink(NamedTuple):
    """A link to one page of the list."""

    number: int
    url: str
    current: bool


class ListView:
    """One page of a collection. Templates see it as `view`."""

    def __init__(self, page: PageContext, config: ListConfig, result: ApiResult, facets: dict[str, Any]) -> None:
        self.page, self.config, self.source = page, config, result.address
        self.items: list[dict[str, Any]] = result.content["items"]
        self.total, self.limit, self.offset = (result.content[name] for name in ("total", "limit", "offset"))
        # The query of the list's addresses: `url` adds the notice, and the limit is left out where it is the default.
        default_limit = ("limit", str(config.limit))
        pairs = [(name, str(value)) for name, value in result.parameters if name != "notice"]
        self.query = [pair for pair in pairs if pair != default_limit]
        self.q = next(iter(self.selected("q")), None)
        self.everything = self.total  # without the filters
        self._facets: dict[str, list[dict[str, Any]]] = facets

    def selected(self, name: str) -> list[str]:
        """Return the values of a parameter in the list's query, each once."""
        return list(dict.fromkeys(value for key, value in self.query if key == name))

    @property
    def filters(self) -> list[Filter]:
        """The filters that offer a choice."""
        vocabularies = self.config.vocabularies
        filters = [
            build_filter(self.page, name, self._facets[name], self.selected(name), vocabularies)
            for name in self.config.facets
        ]
        return [entry for entry in filters if entry.useful]

    @property
    def choices(self) -> list[Choice]:
        """The filters with a select."""
        return [
            Choice(name, [(value, self._label(name, value)) for value in values], next(iter(self.selected(name)), None))
            for name, values in self.config.choices
        ]

    def _label(self, name: str, value: str) -> Label:
        return parameter_label(self.page, name, value, self.config.vocabularies)

    @property
    def chips(self) -> list[Chip]:
        """The filters in use."""
        pairs = [pair for pair in dict.fromkeys(self.query) if pair[0] not in _NOT_FILTERS]
        return [Chip(name, self._label(name, value), self._url_without(name, value)) for name, value in pairs]

    def _url_without(self, name: str, value: str) -> str:
        pairs = [pair for pair in self.query if pair != (name, value) and pair[0] != "offset"]
        return self.page.url(self.config.path, *pairs)

    @property
    def clear_url(self) -> str:
        """The address of the list without any filter."""
        return self.page.url(self.config.path, *(pair for pair in self.query if pair[0] in {"limit", "sort"}))

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """The parameters that the form has no control for and must keep; a select shows the first of several values."""
        controls = {"q", "offset", "value_min", "value_max", *self.config.facets}
        selects = ["sort", *(name for name, _ in self.config.choices)]
        others = [pair for pair in self.query if pair[0] not in controls and pair[0] not in selects]
        return others + [(name, value) for name in selects for value in self.selected(name)[1:]]

    @property
    def pages(self) -> list[PageLink]:
        """The pages of the list; none where it fits on one."""
        query = [pair for pair in self.query if pair[0] != "offset"]
        offsets = range(0, self.total, self.limit) if self.total > self.limit else ()
        links = []
        for number, offset in enumerate(offsets, 1):
            pairs = [*query, ("offset", str(offset))] if offset else query
            links.append(PageLink(number, self.page.url(self.config.path, *pairs), offset == self.offset))
        return links

    @property
    def permanent_url(self) -> str:
        """The address of this page that stays the same if another notice becomes the default."""
        return self.page.url(self.config.path, *self.query, ("notice", self.page.notice or self.page.catalog.default))

    @property
    def sheet_url(self) -> str:
        """The address of the whole filtered list as a workbook, with the columns that people read first."""
        return self.data_url(".xlsx", ("fields", ",".join(self._sheet_fields())), ("lang", self.page.language))

    def _sheet_fields(self) -> list[str]:
        """Return all fields: those of the configuration, then what is read, then places and names for programs."""
        names = self.page.field_names(f"{self.config.path}.xlsx")
        first = [
            f"{name}_en" if self.page.language == "en" and f"{name}_en" in names else name for name in self.config.sheet
        ]
        rest = sorted((name for name in names if name not in first), key=_for_programs)
        return [*first, *rest]

    @property
    def in_notice_order(self) -> bool:
        """Whether the records stand in the order of the notice."""
        return not self.selected("sort") or self.selected("sort") == ["issue"]

    def data_url(self, suffix: str = "", *parameters: tuple[str, str]) -> str:
        """Return the address of the whole filtered list as data: as a file by its suffix (`.csv`), else as JSON."""
        notice = [("notice", self.page.notice)] if self.page.notice else []
        query = [pair for pair in self.query if pair[0] not in {"limit", "offset"}]
        return self.page.api_url(self.config.path + suffix, *notice, *query, *parameters)


def _for_programs(name: str) -> int:
    """Return 0 for a field that people read, 1 for a place in the source, 2 for a name that programs use."""
    if name in ("start", "end") or (name.endswith(("_start", "_end")) and not name.startswith("period_")):
        return 1
    return 2 if name in ("notice", "uid", "url", "id") or name.endswith("_id") else 0


async def load_list(page: PageContext, config: ListConfig) -> ListView:
    """Return the part of a collection that the page's query asks for; raise `PageNotFound` where there is none."""
    limit = [] if "limit" in dict(page.query) else [("limit", config.limit)]
    result = await page.fetch(config.path, *limit, query=page.query)
    facets = await page.fetch(f"{config.path}/facets", query=result.parameters)
    view = ListView(page, config, result, facets.content["facets"])
    if view.chips:
        view.everything = (await page.fetch(config.path, ("limit", 1))).content["total"]
    return view


def adjacent(keys: Sequence[Key], key: Key) -> tuple[Key | None, Key | None]:
    """Return the keys before and after one; None at the ends."""
    index = keys.index(key)
    return keys[index - 1] if index else None, keys[index + 1] if index + 1 < len(keys) else None

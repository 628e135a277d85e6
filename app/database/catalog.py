"""What is known of the data as a whole: its notices, its codes, and what there is to name in each notice."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from app.database.engine import Database
from app.queries.quotations import Locator
from app.queries.search import Folded
from app.settings import SettingsError

# The value of `notice` that asks a list for those of every notice.
ALL = "all"
# What a parameter marked `x-among` may name: what these columns hold, in the notice that is asked for.
_KEYS = {
    "issues": ("issue", "number"),
    "categories": ("category", "number"),
    "sections": ("section", "id"),
    "actors": ("statement", "actor"),
}
# The parameters that name something with a title, and its key.
_TITLED = {"category": "number", "issue": "number", "section": "id"}
_KEPT = 100  # of each of what is known by notice; what else is asked for is read anew


class Catalog:
    """Read when first asked for and kept, since the data never changes while the process lives."""

    def __init__(self, database: Database, default: str | None) -> None:
        self._database, self._default = database, default
        self.text = lru_cache(_KEPT)(self._text)
        self.locator = lru_cache(_KEPT)(self._locator)
        self.folded = lru_cache(_KEPT * 10)(self._folded)
        self.titles = lru_cache(_KEPT)(self._titles)
        self._names = lru_cache(_KEPT)(self._read_names)

    @cached_property
    def notices(self) -> list[str]:
        """The notices' slugs in their order."""
        return [slug for (slug,) in self._database.fetch("select slug from notice order by rowid")]

    @cached_property
    def default(self) -> str:
        """The notice served where none is asked for."""
        if self._default is not None and self._default not in self.notices:
            raise SettingsError(f"NOTICE_DEFAULT={self._default!r} is no notice; there is {', '.join(self.notices)}")
        return self._default or self.notices[0]

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """The codes of every vocabulary, in its order."""
        return {vocabulary: list(labels) for vocabulary, labels in self.labels.items()}

    @cached_property
    def labels(self) -> dict[str, dict[str, tuple[str, str]]]:
        """The Chinese and English label of every code, by vocabulary."""
        labels: dict[str, dict[str, tuple[str, str]]] = {}
        terms = "select vocabulary, code, zh, en from term order by vocabulary, position"
        for vocabulary, code, zh, en in self._database.fetch(terms):
            labels.setdefault(vocabulary, {})[code] = (zh, en)
        return labels

    def among(self, kind: str, notice: str) -> Sequence[str]:
        """What a parameter may name: notices, or the issues, categories, sections or actors of one, or of all."""
        if kind == "notices":
            return self.notices
        return [*self.notices, ALL] if kind == "notices and all" else self._names(kind, notice)

    def _read_names(self, kind: str, notice: str) -> Sequence[str]:
        table, key = _KEYS[kind]
        chosen, values = ("", []) if notice == ALL else ("and notice = ?", [notice])
        sql = f"select {key} from {table} where {key} is not null {chosen} group by {key} order by min(rowid)"
        return [str(name) for (name,) in self._database.fetch(sql, values)]

    def _text(self, notice: str) -> str:
        """The source of a notice, which all its places index."""
        ((text,),) = self._database.fetch("select text from notice where slug = ?", [notice])
        return str(text)

    def _locator(self, notice: str) -> Locator:
        """A notice's source, ready to be asked whether words stand in it."""
        return Locator(self.text(notice))

    def passages(self, notice: str) -> tuple[int, int]:
        """The first and the last passage of a notice."""
        return self._passages[notice]

    @cached_property
    def _passages(self) -> dict[str, tuple[int, int]]:
        rows = self._database.fetch("select slug, first_passage, last_passage from notice")
        return {slug: (first, last) for slug, first, last in rows}

    def _folded(self, notice: str, start: int, end: int) -> Folded:
        """A stretch of a notice's source, ready for words to be marked in it."""
        return Folded(self.text(notice)[start:end])

    def _titles(self, name: str, notice: str) -> dict[Any, tuple[str, str]]:
        """The Chinese and English title of every category, issue or section of a notice, by its key."""
        if name not in _TITLED:
            return {}
        sql = f"select {_TITLED[name]}, title, title_en from {name} where notice = ?"
        return {key: (title, title_en) for key, title, title_en in self._database.fetch(sql, [notice])}

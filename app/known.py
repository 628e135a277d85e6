"""What is known of the data as a whole: its notices, its codes, and what there is to name in each notice."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlmodel import Session, col, select

from app.database import Database
from app.locating import Locator
from app.models.category import CategoryRow
from app.models.issue import IssueRow
from app.models.notice import NoticeRow
from app.models.section import SectionRow
from app.models.statement import StatementRow
from app.models.vocabulary import TermRow
from app.settings import UnusableSettings

# The value of `notice` that asks a list for those of every notice.
ALL = "all"
# What a parameter marked `x-among` may name: what these columns hold, in the notice that is asked for.
_KEYS: dict[str, Any] = {
    "issues": IssueRow.number,
    "categories": CategoryRow.number,
    "sections": SectionRow.id,
    "actors": StatementRow.actor,
}


class Known:
    """Read when first asked for and kept, since the data never changes while the process lives."""

    def __init__(self, database: Database, default: str | None) -> None:
        self._database, self._default = database, default
        self._locators: dict[str, Locator] = {}

    @cached_property
    def notices(self) -> list[str]:
        """The notices' slugs in their order."""
        return [slug for (slug,) in self._read(select(NoticeRow.slug).order_by(col(NoticeRow.position)))]

    @cached_property
    def texts(self) -> dict[str, str]:
        """The source of every notice, which all places index."""
        return dict(map(tuple, self._read(select(NoticeRow.slug, NoticeRow.text))))

    def locator(self, notice: str) -> Locator:
        """A notice's source, ready to be asked whether words stand in it."""
        if notice not in self._locators:
            self._locators[notice] = Locator(self.texts[notice])
        return self._locators[notice]

    @cached_property
    def default(self) -> str:
        """The notice served where none is asked for."""
        if self._default is not None and self._default not in self.notices:
            raise UnusableSettings(f"NOTICE_DEFAULT={self._default!r} is no notice; there is {', '.join(self.notices)}")
        return self._default or self.notices[0]

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """The codes of every vocabulary, in its order."""
        return {vocabulary: list(labels) for vocabulary, labels in self.labels.items()}

    @cached_property
    def titles(self) -> dict[tuple[str, str], dict[Any, tuple[str, str]]]:
        """The Chinese and English titles of categories, issues and sections, by parameter and notice."""
        keys = {"category": CategoryRow.number, "issue": IssueRow.number, "section": SectionRow.id}
        titles: dict[tuple[str, str], dict[Any, tuple[str, str]]] = {}
        for name, key in keys.items():
            row: Any = key.class_  # type: ignore[attr-defined]
            for notice, value, title, title_en in self._read(select(row.notice, key, row.title, row.title_en)):
                titles.setdefault((name, notice), {})[value] = (title, title_en)
        return titles

    @cached_property
    def labels(self) -> dict[str, dict[str, tuple[str, str]]]:
        """The Chinese and English label of every code, by vocabulary."""
        labels: dict[str, dict[str, tuple[str, str]]] = {}
        terms = select(TermRow.vocabulary, TermRow.code, TermRow.zh, TermRow.en).order_by(col(TermRow.position))
        for vocabulary, code, zh, en in self._read(terms):
            labels.setdefault(vocabulary, {})[code] = (zh, en)
        return labels

    def among(self, kind: str, notice: str) -> Sequence[str] | None:
        """What a parameter may name: notices, or the issues, categories, sections or actors of one."""
        if kind == "notices":
            return self.notices
        if kind == "notices and all":
            return [*self.notices, ALL]
        return self.names(kind) if notice == ALL else self._keys.get((kind, notice))

    def names(self, kind: str) -> Sequence[str]:
        """The same over all notices."""
        if kind.startswith("notices"):
            return self.among(kind, ALL) or ()
        return list(dict.fromkeys(name for notice in self.notices for name in self._keys.get((kind, notice), ())))

    @cached_property
    def _keys(self) -> dict[tuple[str, str], list[str]]:
        keys: dict[tuple[str, str], list[str]] = {}
        for kind, key in _KEYS.items():
            for notice, name in self._read(
                select(key.class_.notice, key).where(key.is_not(None)).order_by(key.class_.position)
            ):
                keys.setdefault((kind, notice), []).append(str(name))
        return {key: list(dict.fromkeys(names)) for key, names in keys.items()}

    def _read(self, statement: Any) -> Sequence[Any]:
        with Session(self._database.engine) as session:
            return session.connection().execute(statement).all()

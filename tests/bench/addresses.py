"""Addresses to ask for: a few that are asked again and again, and as many as wanted of which no two are the same."""

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.settings import ROOT

SEED = ROOT / "seed"
_SORTS = ("value", "-value", "period_start", "issue", "unit", "counted")


def warm(slug: str) -> list[str]:
    """The four addresses that are measured warm: a list, a record, a filtered list, a search for two characters."""
    return [
        "/issues?limit=20",
        "/issues/14",
        "/metrics?unit=item&sort=-value&limit=20",
        f"/search?q={quote(text(slug)[5000:5002])}&limit=20",
    ]


def text(slug: str) -> str:
    """The notice's text without blanks."""
    return "".join((SEED / slug / "notice.txt").read_text(encoding="utf-8").split())


class Asker:
    """Makes up queries such as visitors make: some filters, some pages; the same ones in the same order every time."""

    def __init__(self, slug: str, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        vocabularies = json.loads((SEED / "vocabularies.json").read_text(encoding="utf-8"))
        self.codes = {name: [term["code"] for term in v["terms"]] for name, v in vocabularies.items()}
        words = text(slug)
        self.words = sorted({words[n : n + 2] for n in range(len(words) - 1)})
        self.categories = [str(n) for n in range(1, 5)]

    def addresses(self) -> Iterator[str]:
        """Addresses without end, none twice: issues, metrics and searches in equal parts."""
        met: set[str] = set()
        kinds = (self.issues, self.metrics, self.search)
        while True:
            for kind in kinds:
                address = next(made for made in iter(kind, "") if made not in met)
                met.add(address)
                yield address

    def take(self, count: int) -> list[str]:
        return list(islice(self.addresses(), count))

    def some(self, name: str, values: list[str], most: int) -> list[str]:
        """From none to `most` values of a parameter."""
        return [f"{name}={value}" for value in sorted(self.chance.sample(values, self.chance.randint(0, most)))]

    def page(self) -> list[str]:
        return [f"limit={self.chance.choice((10, 20, 50))}", f"offset={self.chance.choice((0, 0, 0, 10, 20))}"]

    def issues(self) -> str:
        filters = self.some("category", self.categories, 3) + self.some("topic", self.codes["topic"], 4)
        return "/issues?" + "&".join(self.page() + filters)

    def metrics(self) -> str:
        filters = self.some("category", self.categories, 3) + self.some("unit", self.codes["unit"], 4)
        return "/metrics?" + "&".join([*self.page(), f"sort={self.chance.choice(_SORTS)}", *filters])

    def search(self) -> str:
        types = self.some("type", ["issue", "measure", "metric", "section"], 2)
        return f"/search?q={quote(self.chance.choice(self.words))}&" + "&".join(self.page() + types)

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
WARM = {
    "list": "/issues?limit=20",
    "detail": "/issues/14",
    "filter": "/metrics?unit=item&sort=-value&limit=20",
    "search": f"/search?q={quote('消防')}&limit=20",
}
_SORTS = ("value", "-value", "period_start", "issue", "unit", "counted")
_TYPES = ["issue", "measure", "metric", "section"]


class Asker:
    """Makes up queries such as visitors make: some filters, some pages; the same ones in the same order every time."""

    def __init__(self, seed: Path = SEED) -> None:
        slug = _read(seed / "notices.json")[0]
        notice = "".join((seed / slug / "notice.txt").read_text(encoding="utf-8").split())
        self.words = sorted({notice[n : n + 2] for n in range(len(notice) - 1)})
        transcription = _read(seed / slug / "notice.json")
        self.categories = [str(category["number"]) for category in transcription["categories"]]
        self.topics = sorted({topic for issue in transcription["issues"] for topic in issue["topics"]})
        self.units = sorted({metric["unit_code"] for metric in transcription["metrics"] if metric["unit_code"]})
        self._chance = random.Random(1)

    def take(self, count: int) -> list[str]:
        """So many addresses, each once: lists of issues, lists of metrics and searches in turn."""
        return list(islice(self._addresses(), count))

    def _addresses(self) -> Iterator[str]:
        met: set[str] = set()
        while True:
            for kind in (self._issues, self._metrics, self._search):
                address = next(made for made in iter(kind, "") if made not in met)
                met.add(address)
                yield address

    def _issues(self) -> str:
        filters = self._some("category", self.categories, 3) + self._some("topic", self.topics, 4)
        return "/issues?" + "&".join(self._page() + filters)

    def _metrics(self) -> str:
        filters = self._some("category", self.categories, 3) + self._some("unit", self.units, 4)
        return "/metrics?" + "&".join([*self._page(), f"sort={self._chance.choice(_SORTS)}", *filters])

    def _search(self) -> str:
        word = f"q={quote(self._chance.choice(self.words))}"
        return "/search?" + "&".join([word, *self._page(), *self._some("type", _TYPES, 2)])

    def _page(self) -> list[str]:
        return [f"limit={self._chance.choice((10, 20, 50))}", f"offset={self._chance.choice((0, 0, 0, 10, 20))}"]

    def _some(self, name: str, values: list[str], most: int) -> list[str]:
        """From none to `most` values of a parameter."""
        return [f"{name}={value}" for value in sorted(self._chance.sample(values, self._chance.randint(0, most)))]


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
